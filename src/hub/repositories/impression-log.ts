import type { LogRow } from '../../contract/index.ts';
import type { HubDatabase } from './schema.ts';

/** Which log of which screen: a new disk is a new epoch. */
export interface LogKey {
  readonly screenId: string;
  readonly epoch: string;
}

/** The first sequence number that is not stored yet; 0 for a log that was never seen. */
export async function nextSeqOf(db: HubDatabase, log: LogKey): Promise<number> {
  const row = await db.selectFrom('log').select('next_seq').where('screen_id', '=', log.screenId).where('epoch', '=', log.epoch).executeTakeFirst();
  return row?.next_seq ?? 0;
}

/** Leaf hashes of the stored rows with `from` <= seq < `to`, in order. */
export async function storedHashes(db: HubDatabase, log: LogKey, from: number, to: number): Promise<string[]> {
  const rows = await db
    .selectFrom('log_row')
    .select('hash')
    .where('screen_id', '=', log.screenId)
    .where('epoch', '=', log.epoch)
    .where('seq', '>=', from)
    .where('seq', '<', to)
    .orderBy('seq')
    .execute();
  return rows.map(({ hash }) => hash);
}

/** Stores rows word for word, each with what is odd about it. */
export async function insertLogRows(db: HubDatabase, log: LogKey, rows: readonly (LogRow & { flag: string | null })[], receivedMs: number): Promise<void> {
  await db
    .insertInto('log_row')
    .values(rows.map(({ seq, leaf, hash, flag }) => ({ screen_id: log.screenId, epoch: log.epoch, seq, leaf, hash, received_ms: receivedMs, flag })))
    .execute();
}

/** Moves the cursor; belongs into the transaction that inserted the rows below it. */
export async function advanceCursor(db: HubDatabase, log: LogKey, nextSeq: number): Promise<void> {
  await db
    .insertInto('log')
    .values({ screen_id: log.screenId, epoch: log.epoch, next_seq: nextSeq })
    .onConflict((conflict) => conflict.columns(['screen_id', 'epoch']).doUpdateSet({ next_seq: nextSeq }))
    .execute();
}

/** One row as it was received. */
export function findLogRow(db: HubDatabase, log: LogKey, seq: number): Promise<LogRow | undefined> {
  return db
    .selectFrom('log_row')
    .select(['seq', 'leaf', 'hash'])
    .where('screen_id', '=', log.screenId)
    .where('epoch', '=', log.epoch)
    .where('seq', '=', seq)
    .executeTakeFirst();
}
