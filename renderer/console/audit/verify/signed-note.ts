import { LitfassError } from '../../../../src/contract/index.ts';
import { type Bytes, fromBase64, toHex } from './bytes.ts';

const SIGNATURE_MARK = '\u2014 ';
const KEY_ID_BYTES = 4;
/** More than any log has witnesses: a note is not allowed to keep the browser busy. */
const MOST_SIGNATURES = 100;

/** One signature line: who says to have signed, with which key, and the bytes behind the key id. */
export interface NoteSignature {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly keyId: string;
  readonly bytes: Bytes;
}

export interface SignedNote {
  /** What was signed, with its last newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/**
 * Takes a C2SP signed note apart (c2sp.org/signed-note). The signatures stand behind the *last* empty line; the text may hold
 * empty lines of its own.
 *
 * @throws LitfassError `note-malformed`
 */
export function parseSignedNote(note: string): SignedNote {
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) throw malformed('it holds control characters');
  if (!note.isWellFormed()) throw malformed('it is not valid Unicode');
  const split = note.lastIndexOf('\n\n');
  if (split < 0) throw malformed('no empty line stands between text and signatures');
  const signed = note.slice(split + 2);
  if (!signed.endsWith('\n')) throw malformed(signed === '' ? 'nothing stands behind its last empty line' : 'its last line does not end');
  const lines = signed.slice(0, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) throw malformed(`it has ${lines.length} signatures, more than ${MOST_SIGNATURES}`);
  return { text: note.slice(0, split + 1), signatures: lines.map(parseLine) };
}

function parseLine(line: string): NoteSignature {
  const [name, base64, ...more] = line.startsWith(SIGNATURE_MARK) ? line.slice(SIGNATURE_MARK.length).split(' ') : [];
  if (name === undefined || base64 === undefined || more.length > 0 || !isKeyName(name)) throw malformed(`"${line}" is not a signature line`);
  const bytes = fromBase64(base64);
  if (bytes === null) throw malformed(`the signature of ${name} is not canonical base64`);
  if (bytes.length <= KEY_ID_BYTES) throw malformed(`the signature of ${name} is too short`);
  return { name, keyId: toHex(bytes.subarray(0, KEY_ID_BYTES)), bytes: bytes.slice(KEY_ID_BYTES) };
}

/** A key's name holds neither white space nor a plus sign. */
export function isKeyName(name: string): boolean {
  return /^[^\s+]+$/u.test(name);
}

function malformed(what: string): LitfassError {
  return new LitfassError('note-malformed', `The checkpoint is not a signed note: ${what}.`);
}
