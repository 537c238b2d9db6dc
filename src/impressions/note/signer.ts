import { cosignedBytes, signatureLine } from './note.ts';
import { COSIGNATURE_V1, ED25519, type VerifierKey } from './verifier-key.ts';

/** Signs with an Ed25519 key that stays where it is. */
export interface Ed25519Signer {
  /** Raw 32 bytes. */
  readonly publicKey: Buffer;
  /** 64 bytes. */
  sign(message: Uint8Array): Buffer;
}

export function logKey(name: string, publicKey: Buffer): VerifierKey {
  return { name, type: ED25519, publicKey };
}

export function witnessKey(name: string, publicKey: Buffer): VerifierKey {
  return { name, type: COSIGNATURE_V1, publicKey };
}

/** A note: the text, which ends in a newline, and one signature. */
export function signNote(text: string, name: string, signer: Ed25519Signer): string {
  return `${text}\n${signatureLine(logKey(name, signer.publicKey), signer.sign(Buffer.from(text, 'utf8')))}`;
}

/**
 * A line of cosignature/v1 over a checkpoint's text: that this witness saw it at this time, and no contradicting one before.
 *
 * @param timeMs since 1970; whole seconds are signed
 */
export function cosign(text: string, name: string, signer: Ed25519Signer, timeMs: number): string {
  const seconds = Math.floor(timeMs / 1_000);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  return signatureLine(witnessKey(name, signer.publicKey), Buffer.concat([time, signer.sign(cosignedBytes(text, seconds))]));
}
