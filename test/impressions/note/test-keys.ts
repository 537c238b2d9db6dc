import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Ed25519Signer } from '../../../src/impressions/index.ts';

/** A signer from its 32 secret bytes (PKCS #8 of RFC 8410). */
export function signerOf(seed: Uint8Array): Ed25519Signer {
  const key = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(12);
  return { publicKey, sign: (message) => sign(null, message, key) };
}

export const SCREEN = signerOf(Buffer.alloc(32, 1));
export const HUB = signerOf(Buffer.alloc(32, 2));
