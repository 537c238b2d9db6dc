import type { Insertable } from 'kysely';
import type { StoredPlays } from '../../contract/index.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { LogKey } from './impression-log.ts';
import type { HubDatabase, HubTables } from './schema.ts';

export type NewPlay = Insertable<HubTables['play']>;

/**
 * Inserts plays of one log, leaving out those whose `playId` this screen already reported.
 *
 * @returns the sequence numbers of the inserted ones: only they may have further effects.
 */
export async function insertPlaysOnce(db: HubDatabase, plays: readonly NewPlay[]): Promise<ReadonlySet<number>> {
  const inserted = await insertPlays(db, plays);
  return new Set(inserted.map(({ seq }) => seq));
}

const insertPlays = bulkInsert((db, plays: readonly NewPlay[]) =>
  db
    .insertInto('play')
    .values(plays)
    .onConflict((conflict) => conflict.columns(['screen_id', 'play_id']).doNothing())
    .returning('seq'),
);

export async function addPlaysOnDay(db: HubDatabase, screenId: string, localDay: number, plays: number): Promise<void> {
  await db
    .insertInto('plays_per_day')
    .values({ screen_id: screenId, local_day: localDay, plays })
    .onConflict((conflict) => conflict.columns(['screen_id', 'local_day']).doUpdateSet((eb) => ({ plays: eb('plays_per_day.plays', '+', plays) })))
    .execute();
}

/** Plays by day of the screen's own zone (days since 1970-01-01), newest first. */
export async function playsPerDay(db: HubDatabase, screenId: string): Promise<ReadonlyMap<number, number>> {
  const rows = await db.selectFrom('plays_per_day').select(['local_day', 'plays']).where('screen_id', '=', screenId).orderBy('local_day', 'desc').execute();
  return new Map(rows.map((row) => [row.local_day, row.plays]));
}

/** Counts the stored plays themselves, not the roll-up. */
export async function countPlays(db: HubDatabase, screenId: string): Promise<number> {
  const row = await db.selectFrom('play').select((eb) => eb.fn.countAll<number>().as('plays')).where('screen_id', '=', screenId).executeTakeFirstOrThrow();
  return row.plays;
}

/** What there is of one log from a row on: plays, and rows that repeated one. */
export async function countStoredPlays(db: HubDatabase, log: LogKey, from: number): Promise<StoredPlays> {
  const plays = await db.selectFrom('play').select((eb) => eb.fn.countAll<number>().as('rows')).where('screen_id', '=', log.screenId).where('epoch', '=', log.epoch).where('seq', '>=', from).executeTakeFirstOrThrow();
  const repeated = await db.selectFrom('log_row').select((eb) => eb.fn.countAll<number>().as('rows')).where('screen_id', '=', log.screenId).where('epoch', '=', log.epoch).where('seq', '>=', from).where('flag', '=', 'repeated-play').executeTakeFirstOrThrow();
  return { plays: plays.rows, repeated: repeated.rows };
}
