import type { Selectable } from 'kysely';
import type { HubDatabase, HubTables } from './schema.ts';

type WitnessedLog = Selectable<HubTables['witnessed_log']>;

export function findWitnessedLog(db: HubDatabase, origin: string): Promise<WitnessedLog | undefined> {
  return db.selectFrom('witnessed_log').selectAll().where('origin', '=', origin).executeTakeFirst();
}

export async function saveWitnessedLog(db: HubDatabase, log: WitnessedLog): Promise<void> {
  await db.insertInto('witnessed_log').values(log).onConflict((conflict) => conflict.column('origin').doUpdateSet({ size: log.size, root: log.root })).execute();
}
