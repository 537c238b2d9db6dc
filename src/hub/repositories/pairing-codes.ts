import type { HubDatabase } from './schema.ts';

/** Stores a code by its hash, and forgets the ones that expired. */
export async function insertPairingCode(db: HubDatabase, code: { codeSha256: string; expiresMs: number }, nowMs: number): Promise<void> {
  await db.deleteFrom('pairing_code').where('expires_ms', '<', nowMs).execute();
  await db.insertInto('pairing_code').values({ code_sha256: code.codeSha256, expires_ms: code.expiresMs, screen_id: null }).execute();
}

/** Uses the code up for this screen. False if it is unknown, used or expired: the caller cannot tell which, and need not. */
export async function takePairingCode(db: HubDatabase, codeSha256: string, screenId: string, nowMs: number): Promise<boolean> {
  const taken = await db
    .updateTable('pairing_code')
    .set({ screen_id: screenId })
    .where('code_sha256', '=', codeSha256)
    .where('screen_id', 'is', null)
    .where('expires_ms', '>=', nowMs)
    .returning('code_sha256')
    .executeTakeFirst();
  return taken !== undefined;
}
