import { createHash, createPublicKey, verify } from 'node:crypto';
import { LitfassError } from '../../contract/index.ts';
import { parseBase64 } from './strict-text.ts';

/** Signature types of C2SP signed-note that Litfass makes. All others are known to exist, and passed over. */
export const ED25519 = 0x01;
export const COSIGNATURE_V1 = 0x04;

const KEY_BYTES = 32;
/** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410 section 4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** A key that signatures on a note are checked with: `<name>+<key ID>+<base64 of type and key>` as text. */
export interface VerifierKey {
  readonly name: string;
  readonly type: typeof ED25519 | typeof COSIGNATURE_V1;
  /** Ed25519, raw 32 bytes. */
  readonly publicKey: Buffer;
}

/** The first 4 bytes of SHA-256(name ‖ newline ‖ type ‖ public key), as 8 hexadecimal digits. */
export function keyId({ name, type, publicKey }: VerifierKey): string {
  return createHash('sha256').update(`${name}\n`, 'utf8').update(Uint8Array.of(type)).update(publicKey).digest('hex').slice(0, 8);
}

export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${keyId(key)}+${Buffer.concat([Uint8Array.of(key.type), key.publicKey]).toString('base64')}`;
}

/** @throws LitfassError `key-malformed` */
export function parseVerifierKey(text: string): VerifierKey {
  const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? [];
  const bytes = parseBase64(encoded);
  const type = bytes?.[0];
  if (!isKeyName(name) || bytes?.byteLength !== KEY_BYTES + 1) throw malformed(text, 'it must read <name>+<8 hexadecimal digits>+<base64 of 33 bytes>');
  if (type !== ED25519 && type !== COSIGNATURE_V1) throw malformed(text, `its type ${String(type)} is not supported; 1 (Ed25519) and 4 (Ed25519 cosignature) are`);
  const key: VerifierKey = { name, type, publicKey: bytes.subarray(1) };
  if (keyId(key) !== id) throw malformed(text, `its key ID is ${keyId(key)}, not ${id}: name or key were changed`);
  return key;
}

/** What may stand as a key's name on a note: not empty, no white space, no plus. */
export function isKeyName(name: string): boolean {
  return name !== '' && name.isWellFormed() && !/[\s+\p{White_Space}\p{Cc}]/u.test(name);
}

export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.byteLength !== 64) return false;
  const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  return verify(null, message, key, signature);
}

function malformed(text: string, why: string): LitfassError {
  return new LitfassError('key-malformed', `"${text.slice(0, 200)}" is no verifier key: ${why}. Copy it again from where it is published.`);
}
