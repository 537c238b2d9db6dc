import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** Both kinds have this size, so that an answer is never larger than its question: nobody can be flooded through a screen. */
export const DATAGRAM_BYTES = 144;
export const NONCE_BYTES = 16;

const MAGIC = Buffer.from('litfass\x01', 'latin1');
const PURPOSE = Buffer.from('litfass-slot-time-v1\n');
const KINDS = { question: 1, answer: 2 } as const;
// Magic 0–7, kind 8, flags 9, nothing 10–15, the sender's key 16–47, nonce 48–63, two times in µs 64–79, signature 80–143.
const AT = { kind: 8, flags: 9, key: 16, nonce: 48, heard: 64, answered: 72, signature: 80 } as const;
const CLOCK_SET = 1;

/** Whoever signs: a screen, with the key that it enrolled with. */
export interface DatagramSigner {
  /** Raw 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** A key that is believed, ready to check signatures with. */
export interface PinnedKey {
  readonly raw: Buffer;
  readonly verify: KeyObject;
}

export interface Question {
  readonly kind: 'question';
  readonly nonce: Buffer;
}

export interface Answer {
  readonly kind: 'answer';
  /** That of the question. */
  readonly nonce: Buffer;
  /** Whether the leader's clock was ever set. */
  readonly isClockSet: boolean;
  readonly heardMs: number;
  readonly answeredMs: number;
}

/** `size`, `foreign`: none of ours. `stranger`: of a screen that has no place in the group. `forged`: not signed by the one that it names. */
export type Unreadable = 'size' | 'foreign' | 'stranger' | 'forged';

/** @param publicKey raw 32 bytes in base64 */
export function pin(publicKey: string): PinnedKey {
  const raw = Buffer.from(publicKey, 'base64');
  return { raw, verify: createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' }) };
}

export function write(datagram: Question | Answer, signer: DatagramSigner): Buffer {
  const bytes = Buffer.alloc(DATAGRAM_BYTES);
  MAGIC.copy(bytes);
  bytes[AT.kind] = KINDS[datagram.kind];
  bytes.set(signer.publicKey, AT.key);
  bytes.set(datagram.nonce, AT.nonce);
  if (datagram.kind === 'answer') {
    bytes[AT.flags] = datagram.isClockSet ? CLOCK_SET : 0;
    bytes.writeBigInt64BE(BigInt(Math.round(datagram.heardMs * 1_000)), AT.heard);
    bytes.writeBigInt64BE(BigInt(Math.round(datagram.answeredMs * 1_000)), AT.answered);
  }
  bytes.set(signer.sign(signed(bytes)), AT.signature);
  return bytes;
}

/**
 * Reads a question of one of these screens.
 *
 * @param mayCheck asked before a signature is checked, which costs a tenth of a millisecond; `too-many` when it refuses
 */
export function readQuestion(bytes: Buffer, from: readonly PinnedKey[], mayCheck: () => boolean): Question | Unreadable | 'too-many' {
  const sender = senderOf(bytes, 'question', from);
  if (typeof sender === 'string') return sender;
  if (!mayCheck()) return 'too-many';
  return isSigned(bytes, sender) ? { kind: 'question', nonce: nonceOf(bytes) } : 'forged';
}

/** Reads an answer of this leader. */
export function readAnswer(bytes: Buffer, from: PinnedKey): Answer | Unreadable {
  const sender = senderOf(bytes, 'answer', [from]);
  if (typeof sender === 'string') return sender;
  if (!isSigned(bytes, sender)) return 'forged';
  const ms = (at: number): number => Number(bytes.readBigInt64BE(at)) / 1_000;
  return { kind: 'answer', nonce: nonceOf(bytes), isClockSet: bytes[AT.flags] === CLOCK_SET, heardMs: ms(AT.heard), answeredMs: ms(AT.answered) };
}

/** Whom it names: nothing is proved yet. */
function senderOf(bytes: Buffer, kind: keyof typeof KINDS, from: readonly PinnedKey[]): PinnedKey | Unreadable {
  if (bytes.byteLength !== DATAGRAM_BYTES) return 'size';
  if (!bytes.subarray(0, AT.kind).equals(MAGIC) || bytes[AT.kind] !== KINDS[kind]) return 'foreign';
  return from.find(({ raw }) => raw.equals(bytes.subarray(AT.key, AT.nonce))) ?? 'stranger';
}

function isSigned(bytes: Buffer, sender: PinnedKey): boolean {
  return verify(null, signed(bytes), sender.verify, bytes.subarray(AT.signature));
}

function nonceOf(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(AT.nonce, AT.heard));
}

/** With its purpose before it, so that no signature over anything else is one over a datagram. */
function signed(bytes: Buffer): Buffer {
  return Buffer.concat([PURPOSE, bytes.subarray(0, AT.signature)]);
}
