import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { LitfassError } from '../contract/index.ts';

const RAW_BYTES = 32;

/** The public half as base64 of its 32 raw bytes (RFC 8032), as it travels in the contract. */
export function rawPublicKey(key: KeyObject): string {
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.from(x ?? '', 'base64url').toString('base64');
}

/**
 * Whether `signature` over the UTF-8 bytes of `text` was made with the private half of `publicKey`. All three as in the
 * contract: raw keys and signatures in base64.
 *
 * @throws LitfassError `hub-key` when the key is not 32 bytes of canonical base64.
 */
export function verifySignature(publicKey: string, text: string, signature: string): boolean {
  const raw = Buffer.from(publicKey, 'base64');
  if (raw.byteLength !== RAW_BYTES || raw.toString('base64') !== publicKey) {
    throw new LitfassError('hub-key', `"${publicKey}" is no Ed25519 key of ${RAW_BYTES} bytes in base64. Enrol this screen again.`);
  }
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
  return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'));
}
