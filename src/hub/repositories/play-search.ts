import type { Selectable } from 'kysely';
import { containing, searchText } from './search-text.ts';
import type { HubDatabase, HubTables } from './schema.ts';

/** Position in the list, newest first: the last play of the page before. */
export interface PlayPosition {
  readonly startedMs: number;
  readonly id: number;
}

/** What to find. A missing field does not narrow. Times are of the first presented frame, `toMs` exclusive. */
export interface PlayFilter {
  readonly search?: string | undefined;
  readonly screen?: string | undefined;
  readonly creative?: string | undefined;
  readonly reason?: string | undefined;
  readonly end?: string | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

export type FoundPlay = Selectable<HubTables['play']> & { readonly screen_name: string; readonly leaf: string };

/** At most `limit` plays older than `before`, newest first. Keyset, so a page never shifts while new plays arrive. */
export function findPlays(db: HubDatabase, filter: PlayFilter, before: PlayPosition | undefined, limit: number): Promise<FoundPlay[]> {
  let query = narrowed(db, filter)
    .innerJoin('screen', 'screen.id', 'play.screen_id')
    .innerJoin('log_row', (join) => join.onRef('log_row.screen_id', '=', 'play.screen_id').onRef('log_row.epoch', '=', 'play.epoch').onRef('log_row.seq', '=', 'play.seq'))
    .selectAll('play')
    .select(['screen.name as screen_name', 'log_row.leaf']);
  if (before !== undefined) {
    query = query.where((eb) => eb(eb.refTuple('play.started_ms', 'play.id'), '<', eb.tuple(before.startedMs, before.id)));
  }
  return query.orderBy('play.started_ms', 'desc').orderBy('play.id', 'desc').limit(limit).execute();
}

export async function countFoundPlays(db: HubDatabase, filter: PlayFilter): Promise<number> {
  const row = await narrowed(db, filter).select((eb) => eb.fn.countAll<number>().as('plays')).executeTakeFirstOrThrow();
  return row.plays;
}

function narrowed(db: HubDatabase, filter: PlayFilter) {
  let query = db.selectFrom('play');
  if (filter.screen !== undefined) query = query.where('play.screen_id', '=', filter.screen);
  if (filter.creative !== undefined) query = query.where('play.creative_id', '=', filter.creative);
  if (filter.reason !== undefined) query = query.where('play.reason_kind', '=', filter.reason);
  if (filter.end !== undefined) query = query.where('play.end_reason', '=', filter.end);
  if (filter.fromMs !== undefined) query = query.where('play.started_ms', '>=', filter.fromMs);
  if (filter.toMs !== undefined) query = query.where('play.started_ms', '<', filter.toMs);
  for (const word of searchWords(filter.search ?? '')) {
    query = query.where((eb) =>
      eb.or([
        containing('play.search_text', word),
        eb('play.screen_id', 'in', eb.selectFrom('screen').select('screen.id').where(containing('screen.search_text', word))),
      ]),
    );
  }
  return query;
}

/** Every word must be found, in any order. */
function searchWords(search: string): string[] {
  return searchText(search).split(/\s+/).filter((word) => word !== '').slice(0, 8);
}
