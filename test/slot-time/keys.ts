import { generateKeyPairSync, sign } from 'node:crypto';
import { pin, type DatagramSigner, type PinnedKey } from '../../src/slot-time/datagram.ts';

export interface TestKey {
  readonly signer: DatagramSigner;
  readonly pinned: PinnedKey;
  /** Raw, base64. */
  readonly publicKey: string;
}

export function newKey(): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return { signer: { publicKey: raw, sign: (message) => sign(null, message, privateKey) }, pinned: pin(raw.toString('base64')), publicKey: raw.toString('base64') };
}
