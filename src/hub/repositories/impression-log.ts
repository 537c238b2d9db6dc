import type { Insertable, Selectable } from 'kysely';
import type { LogRow } from '../../contract/index.ts';
import { bulkInsert } from './bulk-insert.ts';
import type { HubDatabase, HubTables } from './schema.ts';

/** Which log of which screen: a new disk is a new epoch. */
export interface LogKey {
  readonly screenId: string;
  readonly epoch: string;
}

export type LogState = Selectable<HubTables['log']>;

/** What the hub has of a log; `undefined` for one that was never seen. */
export function findLog(db: HubDatabase, log: LogKey): Promise<LogState | undefined> {
  return db.selectFrom('log').selectAll().where('screen_id', '=', log.screenId).where('epoch', '=', log.epoch).executeTakeFirst();
}

export function listLogs(db: HubDatabase, screenId?: string): Promise<LogState[]> {
  const logs = db.selectFrom('log').selectAll().orderBy('screen_id').orderBy('epoch');
  return (screenId === undefined ? logs : logs.where('screen_id', '=', screenId)).execute();
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
  await insertRows(db, rows.map(({ seq, leaf, hash, flag }) => ({ screen_id: log.screenId, epoch: log.epoch, seq, leaf, hash, received_ms: receivedMs, flag })));
}

const insertRows = bulkInsert((db, rows: readonly Insertable<HubTables['log_row']>[]) => db.insertInto('log_row').values(rows));

/** Moves the cursor, and with it the edge of the tree and its checkpoint; belongs into the transaction that inserted the rows below. */
export async function advanceLog(db: HubDatabase, log: LogKey, state: { readonly next_seq: number; readonly edge: string; readonly checkpoint: string }): Promise<void> {
  await db
    .insertInto('log')
    .values({ screen_id: log.screenId, epoch: log.epoch, ...state, second_size: 0 })
    .onConflict((conflict) => conflict.columns(['screen_id', 'epoch']).doUpdateSet(state))
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

/** A checkpoint that the second witness cosigned, unless it has a larger one already. */
export async function saveSecondCheckpoint(db: HubDatabase, log: LogKey, size: number, checkpoint: string): Promise<void> {
  await db.updateTable('log').set({ second_size: size, second_checkpoint: checkpoint }).where('screen_id', '=', log.screenId).where('epoch', '=', log.epoch).where('second_size', '<=', size).execute();
}
