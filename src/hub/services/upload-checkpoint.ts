import { LitfassError, type UploadRequest } from '../../contract/index.ts';
import { type Checkpoint, EMPTY_ROOT, type GrowingTree, growTree, hashesOf, logKey, originOf, parseCheckpoint, parseNote, type Subtree, verifyConsistency, verifyNote } from '../../impressions/index.ts';
import { type LogKey, type LogState, storedHashes } from '../repositories/impression-log.ts';
import { insertSubtrees, readTiles } from '../repositories/log-tree.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import type { ScreenRow } from '../repositories/screens.ts';
import type { Witness } from './witness.ts';

/** Read at once when a log that was stored before there was a tree gets one. */
const HASHES_AT_ONCE = 10_000;

/** A checkpoint whose signature is the screen's. */
export interface SignedCheckpoint extends Checkpoint {
  /** The text that was signed. */
  readonly text: string;
  readonly note: string;
}

/**
 * Reads the checkpoint of an upload. It must be the screen's own, for this very log, and end where the rows end.
 *
 * @throws LitfassError `bad-checkpoint`
 */
export function readCheckpoint(screen: ScreenRow, { epoch, from, rows, checkpoint: note }: UploadRequest): SignedCheckpoint {
  const origin = originOf(screen.id, epoch);
  try {
    const signed = parseNote(note);
    verifyNote(signed, [logKey(origin, Buffer.from(screen.public_key, 'base64'))]);
    const checkpoint = parseCheckpoint(signed.text);
    if (checkpoint.origin !== origin) throw new LitfassError('bad-checkpoint', `Its origin is "${checkpoint.origin}", not "${origin}".`);
    if (checkpoint.size !== from + rows.length) throw new LitfassError('bad-checkpoint', `It is for ${String(checkpoint.size)} rows, but the batch ends at ${String(from + rows.length)}.`);
    return { ...checkpoint, text: signed.text, note };
  } catch (error) {
    if (!(error instanceof LitfassError)) throw error;
    throw new LitfassError('bad-checkpoint', `the checkpoint of screen "${screen.id}" (epoch ${epoch}) is not good, and nothing was stored: ${error.message}`, { cause: error });
  }
}

/** The tree over all rows that the hub has of a log. One from before there were trees is built now, once. */
export async function storedTree(db: HubDatabase, log: LogKey, state: LogState | undefined): Promise<GrowingTree> {
  if (state === undefined) return growTree();
  if (state.edge !== null) return growTree(state.next_seq, (state.edge.match(/.{64}/g) ?? []).map((hash) => Buffer.from(hash, 'hex')));
  const tree = growTree();
  const completed: Subtree[] = [];
  for (let from = 0; from < state.next_seq; from += HASHES_AT_ONCE) {
    for (const hash of await storedHashes(db, log, from, from + HASHES_AT_ONCE)) tree.append(Buffer.from(hash, 'hex'), 0, (subtree) => completed.push(subtree));
  }
  await insertSubtrees(db, log, completed);
  return tree;
}

/** The root over the first `size` rows, all of them stored. */
export async function storedRoot(db: HubDatabase, log: LogKey, size: number): Promise<Buffer> {
  if (size === 0) return EMPTY_ROOT;
  const range = { begin: 0, end: size };
  const [root] = hashesOf([range], await readTiles(db, log, [range]));
  return root as Buffer;
}

/**
 * Holds a checkpoint against what the hub has: its proof from `from` on, and the root that the rows themselves give.
 *
 * @param oldRoot over the first `from` rows, as stored here
 * @param root over the checkpoint's rows: stored ones, and those of the batch
 * @throws LitfassError `fork`
 */
export function requireConsistent(checkpoint: SignedCheckpoint, { from, proof }: Pick<UploadRequest, 'from' | 'proof'>, oldRoot: Buffer, root: Buffer): void {
  const hashes = proof.map((hash) => Buffer.from(hash, 'base64'));
  // From nothing, everything follows: a Merkle proof from size 0 does not exist.
  const follows = from === 0 ? hashes.length === 0 : verifyConsistency(from, checkpoint.size, oldRoot, checkpoint.root, hashes);
  if (follows && root.equals(checkpoint.root)) return;
  throw new LitfassError('fork', `the log "${checkpoint.origin}" contradicts itself: the checkpoint of size ${String(checkpoint.size)} that its screen signed does not follow from the ${String(from)} rows stored here and those of the batch; nothing was stored. Either its log was rewritten, or two machines run with the same key: find out which, and enrol one of them anew.`);
}

/** Whether the note is this hub's own word for more rows than it has now: its database is older than that. */
export function sizeCosignedBefore(note: string, origin: string, witness: Witness): number {
  try {
    const signed = parseNote(note);
    verifyNote(signed, [witness.key]);
    const checkpoint = parseCheckpoint(signed.text);
    return checkpoint.origin === origin ? checkpoint.size : 0;
  } catch (error) {
    // Somebody else's word, or nobody's: it says nothing about this hub.
    if (error instanceof LitfassError) return 0;
    throw error;
  }
}
