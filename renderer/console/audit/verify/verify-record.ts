import { type AuditRecord, LitfassError } from '../../../../src/contract/index.ts';
import { type Bytes, equalBytes, fromBase64, toHex } from './bytes.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { climb, leafHash, type PathStep } from './merkle-path.ts';
import { checkSignature } from './note-signature.ts';
import { parseSignedNote, type SignedNote } from './signed-note.ts';
import type { VerifierKey } from './verifier-key.ts';

/**
 * One thing that was checked. `absent`: a witness has not signed; it neither proves nor disproves. `blocked`: a check before it
 * failed, so there was nothing to check.
 */
export interface Check {
  readonly id: 'leaf' | 'checkpoint' | 'path' | 'screen' | 'witness';
  readonly title: string;
  readonly outcome: 'pass' | 'fail' | 'absent' | 'blocked';
  /** What was found, for people. */
  readonly finding: string;
  readonly tookMs: number;
}

export interface RecordReport {
  /** `unproven`: no checkpoint covers the record yet. A pass needs every check but the witnesses', and no check failed. */
  readonly verdict: 'pass' | 'fail' | 'unproven';
  readonly checks: readonly Check[];
  /** Computed here from the text of the record. */
  readonly leafHash: Bytes;
  /** The way up as it was climbed, also where it leads elsewhere than to the checkpoint; `null`: it cannot be climbed. */
  readonly path: readonly PathStep[] | null;
  readonly checkpoint: Checkpoint | null;
}

/** Whose signatures are believed. Where the keys come from is the auditor's own choice. */
export interface BelievedKeys {
  readonly screen: VerifierKey;
  readonly witnesses: readonly VerifierKey[];
}

export type RecordToVerify = Pick<AuditRecord, 'screenId' | 'epoch' | 'seq' | 'leaf' | 'hash' | 'proof'>;

/** What a check found, in words and for the checks behind it. */
interface Finding<Found> {
  readonly finding: string;
  readonly found: Found;
  readonly absent?: boolean;
}

/**
 * Checks one record from its text up to the signatures over its log. A malformed proof is a failed check, never an exception.
 *
 * @param nowMs for how long each check took.
 */
export async function verifyRecord(record: RecordToVerify, keys: BelievedKeys, nowMs: () => number): Promise<RecordReport> {
  const checks: Check[] = [];

  async function check<Found>(id: Check['id'], title: string, find: () => Finding<Found> | Promise<Finding<Found>>): Promise<Found | null> {
    const startMs = nowMs();
    try {
      const { finding, found, absent = false } = await find();
      checks.push({ id, title, outcome: absent ? 'absent' : 'pass', finding, tookMs: nowMs() - startMs });
      return found;
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      checks.push({ id, title, outcome: error.code === 'blocked' ? 'blocked' : 'fail', finding: error.message, tookMs: nowMs() - startMs });
      return null;
    }
  }

  const leaf = await leafHash(record.leaf);
  await check('leaf', 'The record is what was hashed', () => hashesTo(record, leaf));
  const { proof } = record;
  if (proof === null) return { verdict: checks.some(failed) ? 'fail' : 'unproven', checks, leafHash: leaf, path: null, checkpoint: null };

  const note = await check('checkpoint', 'The checkpoint is of this log', () => readCheckpoint(record, proof));
  let path: PathStep[] | null = null;
  await check('path', 'The path leads from the record to the checkpoint', async () => {
    const { checkpoint } = needed(note, 'There is no checkpoint that it could lead to.');
    path = await climb(leaf, BigInt(record.seq), checkpoint.size, proof.hashes.map(proofHash));
    const root = path.at(-1)?.parent ?? leaf;
    if (!equalBytes(root, checkpoint.root)) throw new LitfassError('wrong-root', `It leads to ${toHex(root)}, and the checkpoint says ${toHex(checkpoint.root)}: the record, its place or the path is not what was signed.`);
    return { finding: `${path.length === 1 ? '1 hash leads' : `${path.length} hashes lead`} to the root of ${checkpoint.size} rows.`, found: true };
  });
  await check('screen', 'The screen signed the checkpoint', () => screenSigned(needed(note, 'There is no checkpoint that it could have signed.').note, keys.screen, record));
  for (const witness of keys.witnesses) {
    await check('witness', `${witness.name} witnessed the checkpoint`, () => witnessSigned(needed(note, 'There is no checkpoint that it could have signed.').note, witness));
  }
  return { verdict: checks.some(failed) ? 'fail' : 'pass', checks, leafHash: leaf, path, checkpoint: note?.checkpoint ?? null };
}

function hashesTo({ leaf, hash, screenId }: RecordToVerify, computed: Bytes): Finding<true> {
  if (toHex(computed) !== hash) throw new LitfassError('wrong-hash', `The text hashes to ${toHex(computed)}, and was stored as ${hash}: it was changed after it was stored.`);
  const named = screenNamedIn(leaf);
  if (named !== null && named !== screenId) throw new LitfassError('wrong-screen', `The record names the screen "${named}", and stands in the log of "${screenId}".`);
  return { finding: `Its text hashes to ${hash}`, found: true };
}

/** Rows of unknown shape are proven like all others; they only say less. */
function screenNamedIn(leaf: string): string | null {
  try {
    const parsed = JSON.parse(leaf) as { screenId?: unknown } | null;
    return typeof parsed?.screenId === 'string' ? parsed.screenId : null;
  } catch {
    return null;
  }
}

function readCheckpoint({ screenId, epoch, seq }: RecordToVerify, proof: NonNullable<AuditRecord['proof']>): Finding<{ note: SignedNote; checkpoint: Checkpoint }> {
  const note = parseSignedNote(proof.checkpoint);
  const checkpoint = parseCheckpoint(note.text);
  const origin = `litfass/${screenId}/${epoch}`;
  if (checkpoint.origin !== origin) throw new LitfassError('wrong-origin', `It is a checkpoint of "${checkpoint.origin}", not of "${origin}".`);
  if (proof.index !== seq) throw new LitfassError('wrong-place', `The proof is for row ${proof.index}, not for row ${seq}.`);
  if (BigInt(seq) >= checkpoint.size) throw new LitfassError('not-covered', `It covers ${checkpoint.size} rows, and this is row ${seq}, counted from 0.`);
  if (BigInt(proof.size) !== checkpoint.size || proof.root !== toHex(checkpoint.root)) throw new LitfassError('hub-disagrees', `It is of ${checkpoint.size} rows with root ${toHex(checkpoint.root)}, and the hub speaks of ${proof.size} rows with root ${proof.root}.`);
  return { finding: `It is of ${origin} and covers ${checkpoint.size} rows.`, found: { note, checkpoint } };
}

async function screenSigned(note: SignedNote, key: VerifierKey, { screenId, epoch }: RecordToVerify): Promise<Finding<true>> {
  if (key.name !== `litfass/${screenId}/${epoch}`) throw new LitfassError('wrong-key', `The key is of "${key.name}", not of this log.`);
  if (key.kind !== 'note') throw new LitfassError('wrong-key', 'The key is one of a witness; a screen signs with type 1.');
  const signature = await checkSignature(note, key);
  if (signature.state === 'absent') throw new LitfassError('not-signed', `No signature is of the key ${key.keyId}: another key signed it, or none.`);
  if (signature.state === 'bad') throw new LitfassError('bad-signature', `The signature of the key ${key.keyId} is false: the checkpoint was changed or forged.`);
  return { finding: `Ed25519, key ${key.keyId}.`, found: true };
}

async function witnessSigned(note: SignedNote, key: VerifierKey): Promise<Finding<true>> {
  const signature = await checkSignature(note, key);
  if (signature.state === 'absent') return { finding: `It has not signed with the key ${key.keyId}.`, found: true, absent: true };
  if (signature.state === 'bad') throw new LitfassError('bad-signature', `The signature of the key ${key.keyId} is false: the checkpoint was changed or forged.`);
  const seen = signature.timeMs === null ? '' : `, seen ${new Date(signature.timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC by its own clock`;
  return { finding: `Ed25519, key ${key.keyId}${seen}.`, found: true };
}

function proofHash(base64: string): Bytes {
  const bytes = fromBase64(base64);
  if (bytes === null) throw new LitfassError('proof-malformed', `The inclusion proof does not fit: "${base64}" is not canonical base64.`);
  return bytes;
}

function needed<Found>(found: Found | null, otherwise: string): Found {
  if (found === null) throw new LitfassError('blocked', otherwise);
  return found;
}

const failed = ({ outcome }: Check): boolean => outcome === 'fail' || outcome === 'blocked';
