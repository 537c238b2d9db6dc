import { LitfassError, type LogRow, type RecordedPlay, type Release, type UploadRequest } from '../../contract/index.ts';
import { leafHashHex } from '../../impressions/index.ts';
import { inTransaction } from '../repositories/database.ts';
import { advanceCursor, insertLogRows, type LogKey, nextSeqOf, storedHashes } from '../repositories/impression-log.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { applyPlays, applyReleases, type PlacedLeaf } from './leaf-effects.ts';
import { type LeafFlag, readLeaf } from './read-leaf.ts';

/** `stored`: everything below `nextSeq` is on the disk. `gap`: rows before the batch are missing, go on from `nextSeq`. */
export interface IntakeOutcome {
  readonly outcome: 'stored' | 'gap';
  readonly nextSeq: number;
  /** Rows that were new. */
  readonly inserted: number;
}

/**
 * Takes a batch of log rows, with its effects exactly once, however often and in whatever pieces it comes: one cursor per
 * log, moved in the transaction that stores the rows. The known part of an overlap is compared and skipped.
 *
 * @throws LitfassError `rows-not-consecutive`, `bad-hash`, and `fork` when a stored row says something else: the log was
 *   rewritten after the hub had seen it.
 */
export function takeImpressions(db: HubDatabase, screenId: string, upload: UploadRequest, receivedMs: number): Promise<IntakeOutcome> {
  checkRows(upload);
  const log: LogKey = { screenId, epoch: upload.epoch };
  return inTransaction(db, async (transaction): Promise<IntakeOutcome> => {
    const cursor = await nextSeqOf(transaction, log);
    if (upload.from > cursor) return { outcome: 'gap', nextSeq: cursor, inserted: 0 };

    const known = upload.rows.slice(0, cursor - upload.from);
    await checkOverlap(transaction, log, known);

    const fresh = upload.rows.slice(known.length);
    const nextSeq = cursor + fresh.length;
    if (fresh.length > 0) {
      await takeRows(transaction, log, fresh, receivedMs);
      await advanceCursor(transaction, log, nextSeq);
    }
    return { outcome: 'stored', nextSeq, inserted: fresh.length };
  });
}

async function takeRows(db: HubDatabase, log: LogKey, rows: readonly LogRow[], receivedMs: number): Promise<void> {
  const flags = new Map<number, LeafFlag>();
  const plays: PlacedLeaf<RecordedPlay>[] = [];
  const releases: PlacedLeaf<Release>[] = [];
  for (const { seq, hash, leaf: text } of rows) {
    const reading = readLeaf(text, log.screenId);
    if ('flag' in reading) flags.set(seq, reading.flag);
    else if (reading.leaf.type === 'play') plays.push({ seq, hash, leaf: reading.leaf });
    else if (reading.leaf.type === 'release') releases.push({ seq, hash, leaf: reading.leaf });
  }
  const newPlays = await applyPlays(db, log, plays, receivedMs);
  for (const { seq } of plays) if (!newPlays.has(seq)) flags.set(seq, 'repeated-play');
  const newReleases = await applyReleases(db, log, releases);
  for (const { seq } of releases) if (!newReleases.has(seq)) flags.set(seq, 'repeated-cell');
  await insertLogRows(db, log, rows.map((row) => ({ ...row, flag: flags.get(row.seq) ?? null })), receivedMs);
}

function checkRows({ from, rows }: UploadRequest): void {
  for (const [index, row] of rows.entries()) {
    if (row.seq !== from + index) throw new LitfassError('rows-not-consecutive', `row ${String(index)} of the batch has seq ${String(row.seq)} where ${String(from + index)} was expected; nothing was stored.`);
    const hash = leafHashHex(row.leaf);
    if (hash !== row.hash) throw new LitfassError('bad-hash', `the leaf at seq ${String(row.seq)} has the hash ${hash}, not ${row.hash}; nothing was stored.`);
  }
}

async function checkOverlap(db: HubDatabase, log: LogKey, known: readonly LogRow[]): Promise<void> {
  const first = known[0];
  if (first === undefined) return;
  const stored = await storedHashes(db, log, first.seq, first.seq + known.length);
  for (const [index, row] of known.entries()) {
    if (stored[index] === row.hash) continue;
    throw new LitfassError('fork', `the log of screen "${log.screenId}" (epoch ${log.epoch}) says something else at seq ${String(row.seq)} than when it was first received; nothing was stored. Find out who rewrote it.`);
  }
}
