import { LitfassError, type LogRow, type RecordedPlay, type Release, type ReleaseTable, type UploadRequest } from '../../contract/index.ts';
import { type GrowingTree, leafHashHex, type Subtree } from '../../impressions/index.ts';
import { insertAlarmOnce } from '../repositories/alarms.ts';
import { inTransaction } from '../repositories/database.ts';
import { advanceLog, findLog, insertLogRows, type LogKey, storedHashes } from '../repositories/impression-log.ts';
import { insertSubtrees } from '../repositories/log-tree.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import type { ScreenRow } from '../repositories/screens.ts';
import { applyPlays, applyReleases, applyTables, type PlacedLeaf } from './leaf-effects.ts';
import { type LeafFlag, readLeaf } from './read-leaf.ts';
import { readCheckpoint, requireConsistent, type SignedCheckpoint, sizeCosignedBefore, storedRoot, storedTree } from './upload-checkpoint.ts';
import type { Witness } from './witness.ts';

/** `stored`: everything below `nextSeq` is on the disk. `gap`: rows before the batch are missing, go on from `nextSeq`. */
export interface IntakeOutcome {
  readonly outcome: 'stored' | 'gap';
  readonly nextSeq: number;
  /** Rows that were new. */
  readonly inserted: number;
  /** This hub's signature line over the checkpoint; `null` for a gap. */
  readonly cosignature: string | null;
}

/** Refusals that contradict something signed or stored: somebody has to look, so they are kept. */
const ALARMING = ['fork', 'bad-checkpoint', 'bad-hash'];

/**
 * Takes a batch of log rows, with its effects exactly once, however often and in whatever pieces it comes: rows, roll-ups,
 * cursor, tree and the accepted checkpoint move in one transaction. The known part of an overlap is compared and skipped.
 *
 * @throws LitfassError `rows-not-consecutive`, `bad-hash`, `bad-checkpoint`, and `fork` when a stored row says something else or
 *   the checkpoint does not follow from what is stored: the log was rewritten after the hub had seen it. All but the first leave
 *   an alarm.
 */
export async function takeImpressions(db: HubDatabase, witness: Witness, screen: ScreenRow, upload: UploadRequest, receivedMs: number): Promise<IntakeOutcome> {
  try {
    checkRows(upload);
    const checkpoint = readCheckpoint(screen, upload);
    return await inTransaction(db, (transaction) => takeBatch(transaction, witness, { screenId: screen.id, epoch: upload.epoch }, checkpoint, upload, receivedMs));
  } catch (error) {
    if (error instanceof LitfassError && ALARMING.includes(error.code)) {
      const seq = error instanceof RowContradiction ? error.seq : null;
      await insertAlarmOnce(db, { at_ms: receivedMs, code: error.code, screen_id: screen.id, epoch: upload.epoch, seq, message: error.message, checkpoint: error.code === 'fork' ? upload.checkpoint : null });
    }
    throw error;
  }
}

async function takeBatch(db: HubDatabase, witness: Witness, log: LogKey, checkpoint: SignedCheckpoint, upload: UploadRequest, receivedMs: number): Promise<IntakeOutcome> {
  const state = await findLog(db, log);
  const cursor = state?.next_seq ?? 0;
  if (upload.from > cursor) return { outcome: 'gap', nextSeq: cursor, inserted: 0, cosignature: null };
  if (upload.witnessed !== undefined) await noteRestoredHub(db, witness, log, checkpoint.origin, upload.witnessed, cursor, receivedMs);

  const known = upload.rows.slice(0, cursor - upload.from);
  await checkOverlap(db, log, known);

  const fresh = upload.rows.slice(known.length);
  const tree = await storedTree(db, log, state);
  const oldRoot = upload.from === cursor ? tree.root() : await storedRoot(db, log, upload.from);
  const completed: Subtree[] = [];
  for (const { hash } of fresh) tree.append(Buffer.from(hash, 'hex'), 0, (subtree) => completed.push(subtree));
  requireConsistent(checkpoint, upload, oldRoot, checkpoint.size < cursor ? await storedRoot(db, log, checkpoint.size) : tree.root());

  const cosignature = witness.cosign(checkpoint.text, receivedMs);
  if (fresh.length > 0) await takeRows(db, log, fresh, receivedMs);
  await insertSubtrees(db, log, completed);
  const nextSeq = cursor + fresh.length;
  if (checkpoint.size === nextSeq) await advanceLog(db, log, { next_seq: nextSeq, edge: edgeText(tree), checkpoint: checkpoint.note + cosignature });
  return { outcome: 'stored', nextSeq, inserted: fresh.length, cosignature };
}

/** A screen showed what this hub cosigned and does not have any more: its database was restored from an older backup. */
async function noteRestoredHub(db: HubDatabase, witness: Witness, log: LogKey, origin: string, note: string, cursor: number, atMs: number): Promise<void> {
  const size = sizeCosignedBefore(note, origin, witness);
  if (size <= cursor) return;
  const message = `this hub cosigned ${String(size)} rows of "${origin}" and has only ${String(cursor)}: its database is older than that. The screen sends what it still has; check what else the backup lacks.`;
  await insertAlarmOnce(db, { at_ms: atMs, code: 'hub-restored', screen_id: log.screenId, epoch: log.epoch, seq: cursor, message, checkpoint: note });
}

function edgeText(tree: GrowingTree): string {
  return tree.edge().map((hash) => hash.toString('hex')).join('');
}

/** A refusal that is about one row. */
class RowContradiction extends LitfassError {
  readonly seq: number;

  constructor(code: string, seq: number, message: string) {
    super(code, message);
    this.seq = seq;
  }
}

async function takeRows(db: HubDatabase, log: LogKey, rows: readonly LogRow[], receivedMs: number): Promise<void> {
  const flags = new Map<number, LeafFlag>();
  const plays: PlacedLeaf<RecordedPlay>[] = [];
  const releases: PlacedLeaf<Release>[] = [];
  const tables: PlacedLeaf<ReleaseTable>[] = [];
  for (const { seq, hash, leaf: text } of rows) {
    const reading = readLeaf(text, log.screenId);
    if ('flag' in reading) flags.set(seq, reading.flag);
    else if (reading.leaf.type === 'play') plays.push({ seq, hash, leaf: reading.leaf });
    else if (reading.leaf.type === 'release') releases.push({ seq, hash, leaf: reading.leaf });
    else if (reading.leaf.type === 'release-table') tables.push({ seq, hash, leaf: reading.leaf });
  }
  const newPlays = await applyPlays(db, log, plays, receivedMs);
  for (const { seq } of plays) if (!newPlays.has(seq)) flags.set(seq, 'repeated-play');
  const newReleases = await applyReleases(db, log, releases);
  for (const { seq } of releases) if (!newReleases.has(seq)) flags.set(seq, 'repeated-cell');
  const newTables = await applyTables(db, log, tables);
  for (const { seq } of tables) if (!newTables.has(seq)) flags.set(seq, 'repeated-cell');
  await insertLogRows(db, log, rows.map((row) => ({ ...row, flag: flags.get(row.seq) ?? null })), receivedMs);
}

function checkRows({ from, rows }: UploadRequest): void {
  for (const [index, row] of rows.entries()) {
    if (row.seq !== from + index) throw new LitfassError('rows-not-consecutive', `row ${String(index)} of the batch has seq ${String(row.seq)} where ${String(from + index)} was expected; nothing was stored.`);
    const hash = leafHashHex(row.leaf);
    if (hash !== row.hash) throw new RowContradiction('bad-hash', row.seq, `the leaf at seq ${String(row.seq)} has the hash ${hash}, not ${row.hash}; nothing was stored.`);
  }
}

async function checkOverlap(db: HubDatabase, log: LogKey, known: readonly LogRow[]): Promise<void> {
  const first = known[0];
  if (first === undefined) return;
  const stored = await storedHashes(db, log, first.seq, first.seq + known.length);
  for (const [index, row] of known.entries()) {
    if (stored[index] === row.hash) continue;
    throw new RowContradiction('fork', row.seq, `the log of screen "${log.screenId}" (epoch ${log.epoch}) says something else at seq ${String(row.seq)} than when it was first received; nothing was stored. Either its log was rewritten, or two machines run with the same key: find out which.`);
  }
}
