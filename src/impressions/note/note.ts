import { LitfassError } from '../../contract/index.ts';
import { parseBase64 } from './strict-text.ts';
import { COSIGNATURE_V1, ED25519, isKeyName, keyId, verifyEd25519, type VerifierKey } from './verifier-key.ts';

// Signed notes of C2SP: a text, an empty line, and lines of signatures.

const DASH = '\u2014';
/** C2SP asks for 16 at least; more than this is a flood. */
const MOST_SIGNATURES = 100;
const LONGEST_NOTE = 1_000_000;

export interface NoteSignature {
  readonly name: string;
  /** 8 hexadecimal digits. */
  readonly keyId: string;
  readonly signature: Buffer;
  /** As it stands, with its newline. */
  readonly line: string;
}

export interface SignedNote {
  /** Ends in a newline; what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** A signature that was checked and is good. */
export interface GoodSignature {
  readonly key: VerifierKey;
  /** When a witness saw the note, ms since 1970 (whole seconds); `null` for the log's own signature. */
  readonly timeMs: number | null;
}

/** Reads a note; nothing is verified yet. @throws LitfassError `note-malformed` */
export function parseNote(note: string): SignedNote {
  if (note.length > LONGEST_NOTE) throw malformed(`it is longer than ${LONGEST_NOTE} characters`);
  if (!note.isWellFormed() || /[\u0000-\u0009\u000b-\u001f]/.test(note)) throw malformed('it holds characters that a note must not hold');
  // The text may hold empty lines of its own, so the last one counts.
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw malformed('there is no empty line before the signatures');
  const block = note.slice(split + 2);
  if (!block.endsWith('\n')) throw malformed('its last signature line has no end');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw malformed(`it has ${lines.length} signatures, ${MOST_SIGNATURES} are the most`);
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) };
}

/**
 * The signatures of a note that `keys` can check. Those of other keys are passed over, as C2SP says.
 *
 * @throws LitfassError `note-forged` when a signature of one of the keys is bad, `note-unsigned` when none of them signed.
 */
export function verifyNote(note: SignedNote, keys: readonly VerifierKey[]): GoodSignature[] {
  const good: GoodSignature[] = [];
  for (const signature of note.signatures) {
    const key = keys.find((candidate) => candidate.name === signature.name && keyId(candidate) === signature.keyId);
    if (key === undefined) continue;
    const verified = verifySignature(note.text, signature.signature, key);
    if (verified === null) throw new LitfassError('note-forged', `The signature of ${key.name} is not one over this text. The text was changed after it was signed, or somebody else signed it.`);
    if (!good.some((earlier) => earlier.key === key)) good.push(verified);
  }
  if (good.length === 0) throw new LitfassError('note-unsigned', `Nobody whose key is known signed this text: ${keys.map(({ name }) => name).join(', ') || 'no key was given'} was looked for, ${note.signatures.map(({ name }) => name).join(', ')} signed it.`);
  return good;
}

/** The bytes that a cosignature/v1 is over (C2SP tlog-cosignature). */
export function cosignedBytes(text: string, timeSeconds: number): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${timeSeconds}\n${text}`, 'utf8');
}

/** A signature line, with its newline. `payload`: what stands behind the key ID. */
export function signatureLine(key: VerifierKey, payload: Uint8Array): string {
  return `${DASH} ${key.name} ${Buffer.concat([Buffer.from(keyId(key), 'hex'), payload]).toString('base64')}\n`;
}

function verifySignature(text: string, payload: Buffer, key: VerifierKey): GoodSignature | null {
  switch (key.type) {
    case ED25519:
      return verifyEd25519(key.publicKey, Buffer.from(text, 'utf8'), payload) ? { key, timeMs: null } : null;
    case COSIGNATURE_V1: {
      if (payload.byteLength !== 72) return null;
      const seconds = Number(payload.readBigUInt64BE(0));
      if (!Number.isSafeInteger(seconds * 1_000)) return null;
      return verifyEd25519(key.publicKey, cosignedBytes(text, seconds), payload.subarray(8)) ? { key, timeMs: seconds * 1_000 } : null;
    }
  }
}

function parseSignature(line: string): NoteSignature {
  const [, name = '', encoded = ''] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? [];
  const bytes = parseBase64(encoded);
  if (!isKeyName(name) || bytes === null || bytes.byteLength < 5) throw malformed(`"${line.slice(0, 100)}" is no signature line`);
  return { name, keyId: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4), line: `${line}\n` };
}

function malformed(why: string): LitfassError {
  return new LitfassError('note-malformed', `This is no signed note: ${why}. It was cut, changed, or is another kind of file.`);
}
