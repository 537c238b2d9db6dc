import { createPublicKey, type KeyObject } from 'node:crypto';
import { LitfassError } from '../../contract/index.ts';

const RAW_BYTES = 32;
/** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410 section 4). */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

/** @throws LitfassError `bad-request` unless the text is canonical base64 of 32 bytes; Node alone would take spaces and stray bits. */
export function publicKeyFromRaw(base64: string): KeyObject {
  const raw = Buffer.from(base64, 'base64');
  if (raw.byteLength !== RAW_BYTES || raw.toString('base64') !== base64) {
    throw new LitfassError('bad-request', `publicKey must be the 32 raw bytes of an Ed25519 key in base64; ${String(raw.byteLength)} bytes came.`);
  }
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: 'der', type: 'spki' });
}

/** The public half as base64 of its 32 raw bytes. */
export function rawPublicKey(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.byteLength).toString('base64');
}
