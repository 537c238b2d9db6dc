import type { Selectable } from 'kysely';
import type { TableMetric } from '../../contract/index.ts';
import type { HubDatabase, HubTables } from './schema.ts';

export type ReleaseTableRow = Selectable<HubTables['release_table']>;

/** The longest window that the schema of a leaf allows. */
const LONGEST_WINDOW_MS = 86_400_000;

/** Inserts one window of a table unless any part of it was released before: two draws of the same time would wear the noise off. */
export async function insertTableOnce(db: HubDatabase, table: ReleaseTableRow): Promise<boolean> {
  const endMs = table.window_start_ms + table.window_ms;
  const near = await db
    .selectFrom('release_table')
    .select(['window_start_ms', 'window_ms'])
    .where('screen_id', '=', table.screen_id)
    .where('metric', '=', table.metric)
    .where('window_start_ms', '>', table.window_start_ms - LONGEST_WINDOW_MS)
    .where('window_start_ms', '<', endMs)
    .orderBy('window_start_ms', 'desc')
    .limit(1)
    .executeTakeFirst();
  // Stored windows do not overlap, so the last one that begins before this one's end reaches furthest.
  if (near !== undefined && near.window_start_ms + near.window_ms > table.window_start_ms) return false;
  await db.insertInto('release_table').values(table).execute();
  return true;
}

/** At most `limit` windows of a table that ended after `fromMs`, newest first. */
export function newestTables(db: HubDatabase, screenId: string, metric: TableMetric, fromMs: number, limit: number): Promise<ReleaseTableRow[]> {
  return db
    .selectFrom('release_table')
    .selectAll()
    .where('screen_id', '=', screenId)
    .where('metric', '=', metric)
    .where('window_start_ms', '>', fromMs - LONGEST_WINDOW_MS)
    .where((eb) => eb(eb('window_start_ms', '+', eb.ref('window_ms')), '>', fromMs))
    .orderBy('window_start_ms', 'desc')
    .limit(limit)
    .execute();
}
