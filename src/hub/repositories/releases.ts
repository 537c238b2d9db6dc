import type { Selectable } from 'kysely';
import type { HubDatabase, HubTables } from './schema.ts';

export type ReleaseRow = Selectable<HubTables['release']>;

/** Inserts a cell unless it was released before: a cell is published once. */
export async function insertReleaseOnce(db: HubDatabase, release: ReleaseRow): Promise<boolean> {
  const inserted = await db
    .insertInto('release')
    .values(release)
    .onConflict((conflict) => conflict.columns(['screen_id', 'window_start_ms', 'window_ms', 'bucket']).doNothing())
    .returning('value')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** The newest released cells of a screen, newest first. */
export function newestReleases(db: HubDatabase, screenId: string, limit: number): Promise<ReleaseRow[]> {
  return db.selectFrom('release').selectAll().where('screen_id', '=', screenId).orderBy('window_start_ms', 'desc').limit(limit).execute();
}

/** The released cells of windows that lie within a time, newest first. */
export function releasesBetween(db: HubDatabase, screenId: string, fromMs: number, toMs: number): Promise<ReleaseRow[]> {
  return db
    .selectFrom('release')
    .selectAll()
    .where('screen_id', '=', screenId)
    .where('window_start_ms', '>=', fromMs)
    .where((eb) => eb(eb('window_start_ms', '+', eb.ref('window_ms')), '<=', toMs))
    .orderBy('window_start_ms', 'desc')
    .execute();
}
