import type { Selectable } from 'kysely';
import type { HubDatabase, HubTables } from './schema.ts';

export type ProgrammeRow = Selectable<HubTables['programme']>;

export function newestProgramme(db: HubDatabase): Promise<ProgrammeRow | undefined> {
  return db.selectFrom('programme').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
}

export async function insertProgramme(db: HubDatabase, programme: ProgrammeRow): Promise<void> {
  await db.insertInto('programme').values(programme).execute();
}

/** Programmes that were the newest one at some moment from `fromMs` to before `toMs`, oldest first. */
export async function programmesActive(db: HubDatabase, fromMs: number, toMs: number): Promise<ProgrammeRow[]> {
  const issued = await db.selectFrom('programme').selectAll().where('issued_ms', '<', toMs).orderBy('version').execute();
  return issued.filter((_, index) => (issued[index + 1]?.issued_ms ?? Infinity) > fromMs);
}
