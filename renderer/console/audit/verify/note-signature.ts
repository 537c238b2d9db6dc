import { concat, utf8 } from './bytes.ts';
import type { NoteSignature, SignedNote } from './signed-note.ts';
import type { VerifierKey } from './verifier-key.ts';

const ED25519_BYTES = 64;
const TIME_BYTES = 8;
/** The year 9999: later is not a time. */
const LATEST_SECOND = 253_402_300_799n;

/** `absent`: no line has this name and key id; lines of others say nothing about it. `timeMs`: when a witness saw the note. */
export type SignatureState = { readonly state: 'good'; readonly timeMs: number | null } | { readonly state: 'bad' } | { readonly state: 'absent' };

/**
 * What a note's signatures say for one key. Every line with its name and id must be good: one bad one, and the note is to be
 * rejected, whatever stands beside it (c2sp.org/signed-note).
 */
export async function checkSignature(note: SignedNote, key: VerifierKey): Promise<SignatureState> {
  const lines = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
  if (lines.length === 0) return { state: 'absent' };
  const publicKey = await crypto.subtle.importKey('raw', key.publicKey, 'Ed25519', false, ['verify']);
  let timeMs: number | null = null;
  for (const line of lines) {
    const signed = key.kind === 'note' ? signedNote(note.text, line) : cosignedNote(note.text, line);
    if (signed === null || !(await crypto.subtle.verify('Ed25519', publicKey, signed.signature, utf8(signed.text)))) return { state: 'bad' };
    timeMs = signed.timeMs;
  }
  return { state: 'good', timeMs };
}

type Signed = { readonly text: string; readonly signature: Uint8Array<ArrayBuffer>; readonly timeMs: number | null } | null;

function signedNote(text: string, { bytes }: NoteSignature): Signed {
  return bytes.length === ED25519_BYTES ? { text, signature: bytes, timeMs: null } : null;
}

/** cosignature/v1 (c2sp.org/tlog-cosignature): big-endian seconds, then the signature over a head with that time and the text. */
function cosignedNote(text: string, { bytes }: NoteSignature): Signed {
  if (bytes.length !== TIME_BYTES + ED25519_BYTES) return null;
  const second = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  if (second > LATEST_SECOND) return null;
  return { text: `cosignature/v1\ntime ${second}\n${text}`, signature: concat(bytes.subarray(TIME_BYTES)), timeMs: Number(second) * 1000 };
}
