import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

// A log as a screen and its witnesses write it, small and plain, on Node's crypto: what the page verifies is made by other code
// than it is verified with.

export const SCREEN = 'entrance-1a2b3c';
export const EPOCH = '018f4d2e-0000-7000-8000-000000000001';
export const ORIGIN = `litfass/${SCREEN}/${EPOCH}`;

const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
export const leafOf = (text: string): Buffer => sha256(Uint8Array.of(0), text);
const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Uint8Array.of(1), left, right);

/** Largest power of two below `size` (RFC 6962 section 2.1). */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** MTH of RFC 6962 section 2.1, by its recursive definition. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length <= 1) return leaves[0] ?? sha256();
  const split = splitOf(leaves.length);
  return nodeOf(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/** PATH of RFC 6962 section 2.1.1, by its recursive definition. */
export function pathOf(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  return index < split ? [...pathOf(index, leaves.slice(0, split)), rootOf(leaves.slice(split))] : [...pathOf(index - split, leaves.slice(split)), rootOf(leaves.slice(0, split))];
}

export interface Signer {
  /** Verifier key. */
  readonly key: string;
  /** The signature line over a note's text, with its newline. */
  line(text: string): string;
}

function signerOf(name: string, type: number, signed: (text: string, key: KeyObject) => Buffer): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const material = Buffer.concat([Uint8Array.of(type), publicKey.export({ format: 'der', type: 'spki' }).subarray(12)]);
  const keyId = sha256(`${name}\n`, material).subarray(0, 4);
  return {
    key: `${name}+${keyId.toString('hex')}+${material.toString('base64')}`,
    line: (text) => `\u2014 ${name} ${Buffer.concat([keyId, signed(text, privateKey)]).toString('base64')}\n`,
  };
}

export function screenSigner(name = ORIGIN): Signer {
  return signerOf(name, 1, (text, key) => sign(null, Buffer.from(text), key));
}

export function witnessSigner(name: string, timeS: number): Signer {
  return signerOf(name, 4, (text, key) => {
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(timeS));
    return Buffer.concat([time, sign(null, Buffer.from(`cosignature/v1\ntime ${timeS}\n${text}`), key)]);
  });
}

export function checkpointText(origin: string, leaves: readonly Buffer[]): string {
  return `${origin}\n${leaves.length}\n${rootOf(leaves).toString('base64')}\n`;
}
