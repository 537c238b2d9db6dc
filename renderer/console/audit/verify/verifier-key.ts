import { LitfassError } from '../../../../src/contract/index.ts';
import { type Bytes, concat, fromBase64, sha256, toHex, utf8 } from './bytes.ts';
import { isKeyName } from './signed-note.ts';

const PUBLIC_KEY_BYTES = 32;

/** First byte of the key material: what is signed with it. */
const KINDS: Readonly<Record<number, VerifierKey['kind']>> = { 0x01: 'note', 0x04: 'cosignature' };

/** Whom a signature is believed from. */
export interface VerifierKey {
  readonly name: string;
  /** Eight hexadecimal digits. */
  readonly keyId: string;
  /** `note`: Ed25519 over the text of a note. `cosignature`: over the text and the time at which a witness saw it. */
  readonly kind: 'note' | 'cosignature';
  readonly publicKey: Bytes;
}

/**
 * Reads a verifier key, `name+keyid+base64` (c2sp.org/signed-note), and computes its key id again: first four bytes of
 * SHA-256(name ‖ 0x0A ‖ type ‖ public key).
 *
 * @throws LitfassError `key-malformed`
 */
export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  if (text.startsWith('PRIVATE+KEY+')) throw malformed('it is a private key, which signs. It belongs in no browser: paste the verifier key instead');
  const [, name, keyId, base64] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text) ?? [];
  if (name === undefined || keyId === undefined || base64 === undefined || !isKeyName(name) || !/^[0-9a-f]{8}$/.test(keyId)) throw malformed('it has not the form name+12345678+base64');
  const material = fromBase64(base64);
  if (material === null) throw malformed('its last part is not canonical base64');
  const kind = KINDS[material[0] ?? 0];
  if (kind === undefined || material.length !== 1 + PUBLIC_KEY_BYTES) throw malformed(`it is of type ${String(material[0] ?? 'none')} with ${material.length} bytes, and only Ed25519 (types 1 and 4, 33 bytes) can be checked here`);
  const fitting = toHex((await sha256(concat(utf8(`${name}\n`), material))).subarray(0, 4));
  if (fitting !== keyId) throw malformed(`its id is ${keyId}, and name and key give ${fitting}: a part of it was changed`);
  return { name, keyId, kind, publicKey: material.slice(1) };
}

function malformed(what: string): LitfassError {
  return new LitfassError('key-malformed', `This is not a verifier key: ${what}.`);
}
