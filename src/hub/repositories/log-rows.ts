import type { Selectable } from 'kysely';
import type { LogKey } from './impression-log.ts';
import type { HubDatabase, HubTables } from './schema.ts';

export type StoredRow = Selectable<HubTables['log_row']>;

/** Rows `from` to `to` − 1 of a log. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** The rows that were received, or that are plays begun, from `fromMs` to before `toMs`, and all between them. */
export async function rowsInTime(db: HubDatabase, log: LogKey, fromMs: number, toMs: number): Promise<RowRange | null> {
  const received = await db
    .selectFrom('log_row')
    .select((eb) => [eb.fn.min<number | null>('seq').as('first'), eb.fn.max<number | null>('seq').as('last')])
    .where('screen_id', '=', log.screenId)
    .where('epoch', '=', log.epoch)
    .where('received_ms', '>=', fromMs)
    .where('received_ms', '<', toMs)
    .executeTakeFirstOrThrow();
  const played = await db
    .selectFrom('play')
    .select((eb) => [eb.fn.min<number | null>('seq').as('first'), eb.fn.max<number | null>('seq').as('last')])
    .where('screen_id', '=', log.screenId)
    .where('epoch', '=', log.epoch)
    .where('started_ms', '>=', fromMs)
    .where('started_ms', '<', toMs)
    .executeTakeFirstOrThrow();
  const ends = [received.first, received.last, played.first, played.last].filter((seq) => seq !== null);
  return ends.length === 0 ? null : { from: Math.min(...ends), to: Math.max(...ends) + 1 };
}

export function readRows(db: HubDatabase, log: LogKey, { from, to }: RowRange): Promise<StoredRow[]> {
  return db.selectFrom('log_row').selectAll().where('screen_id', '=', log.screenId).where('epoch', '=', log.epoch).where('seq', '>=', from).where('seq', '<', to).orderBy('seq').execute();
}

/** When the first and the newest row of a log arrived. */
export async function receivedTimes(db: HubDatabase, log: LogKey, size: number): Promise<{ firstMs: number | null; lastMs: number | null }> {
  const [first] = await readRows(db, log, { from: 0, to: 1 });
  const [last] = await readRows(db, log, { from: size - 1, to: size });
  return { firstMs: first?.received_ms ?? null, lastMs: last?.received_ms ?? null };
}
