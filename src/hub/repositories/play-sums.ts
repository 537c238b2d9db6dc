import { sql } from 'kysely';
import type { HubDatabase } from './schema.ts';

/** Plays of one creative that ended in one way. */
export interface PlaySum {
  readonly creative_id: string;
  readonly creative_name: string;
  readonly campaign: string;
  readonly end_reason: string;
  readonly plays: number;
  readonly shown_ms: number;
  /** Planned and not shown. */
  readonly missing_ms: number;
}

/** Plays that began from `fromMs` to before `toMs`, summed. */
export function sumPlays(db: HubDatabase, fromMs: number, toMs: number): Promise<PlaySum[]> {
  return db
    .selectFrom('play')
    .where('started_ms', '>=', fromMs)
    .where('started_ms', '<', toMs)
    .groupBy(['creative_id', 'end_reason'])
    .select((eb) => [
      'creative_id',
      'end_reason',
      eb.fn.max('creative_name').as('creative_name'),
      eb.fn.max('campaign').as('campaign'),
      eb.fn.countAll<number>().as('plays'),
      eb.fn.sum<number>('duration_ms').as('shown_ms'),
      sql<number>`sum(case when planned_ms > duration_ms then planned_ms - duration_ms else 0 end)`.as('missing_ms'),
    ])
    .execute();
}

/** The leaves of faults that were received from a moment on, word for word. */
export async function faultLeaves(db: HubDatabase, receivedFromMs: number): Promise<string[]> {
  const rows = await db.selectFrom('log_row').select('leaf').where('received_ms', '>=', receivedFromMs).where('flag', 'is', null).where('leaf', 'like', '%"type":"fault"%').execute();
  return rows.map(({ leaf }) => leaf);
}
