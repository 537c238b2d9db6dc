import type { Selectable } from 'kysely';
import type { HubDatabase, HubTables } from './schema.ts';

export type ProgrammeRow = Selectable<HubTables['programme']>;

export function newestProgramme(db: HubDatabase): Promise<ProgrammeRow | undefined> {
  return db.selectFrom('programme').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
}

export async function insertProgramme(db: HubDatabase, programme: ProgrammeRow): Promise<void> {
  await db.insertInto('programme').values(programme).execute();
}
