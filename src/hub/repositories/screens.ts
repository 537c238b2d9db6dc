import type { Selectable } from 'kysely';
import type { HubDatabase, HubTables } from './schema.ts';

export type ScreenRow = Selectable<HubTables['screen']>;

export function listScreens(db: HubDatabase): Promise<ScreenRow[]> {
  return db.selectFrom('screen').selectAll().orderBy('name').orderBy('id').execute();
}

export function findScreen(db: HubDatabase, id: string): Promise<ScreenRow | undefined> {
  return db.selectFrom('screen').selectAll().where('id', '=', id).executeTakeFirst();
}

export function findScreenByKey(db: HubDatabase, publicKey: string): Promise<ScreenRow | undefined> {
  return db.selectFrom('screen').selectAll().where('public_key', '=', publicKey).executeTakeFirst();
}

export async function insertScreen(db: HubDatabase, screen: ScreenRow): Promise<void> {
  await db.insertInto('screen').values(screen).execute();
}

export async function rememberEnrolmentCode(db: HubDatabase, id: string, codeSha256: string): Promise<void> {
  await db.updateTable('screen').set({ enrolment_code_sha256: codeSha256 }).where('id', '=', id).execute();
}

export async function saveContact(db: HubDatabase, id: string, contact: { lastContactMs: number; status: string | null }): Promise<void> {
  await db.updateTable('screen').set({ last_contact_ms: contact.lastContactMs, status: contact.status }).where('id', '=', id).execute();
}

export async function saveZoneOffset(db: HubDatabase, id: string, zoneOffsetMin: number): Promise<void> {
  await db.updateTable('screen').set({ zone_offset_min: zoneOffsetMin }).where('id', '=', id).execute();
}
