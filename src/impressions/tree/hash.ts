import { hash } from 'node:crypto';

export const HASH_BYTES = 32;

/** SHA-256 of nothing: the root of a tree without leaves (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Buffer = hash('sha256', '', 'buffer');

/**
 * SHA-256(0x00 ‖ entry), 32 bytes: the leaf hash of RFC 6962 section 2.1. Text counts as its UTF-8. The prefix keeps a leaf from
 * ever being taken for an inner node, whose hash starts with 0x01.
 */
export function leafHash(entry: string | Uint8Array): Buffer {
  return hash('sha256', withLeafPrefix(entry), 'buffer');
}

/** The same as 64 lower-case hexadecimal digits, as it travels to the hub. */
export function leafHashHex(entry: string): string {
  return hash('sha256', withLeafPrefix(entry), 'hex');
}

/** Text stays text: handed over as a string it is encoded once, inside the hash, and costs half of what a buffer does. */
function withLeafPrefix(entry: string | Uint8Array): string | Uint8Array {
  return typeof entry === 'string' ? `\0${entry}` : Buffer.concat([Uint8Array.of(0x00), entry]);
}

/** What is hashed for a node, filled anew each time: a verification makes a million of them. */
const NODE = Buffer.alloc(1 + 2 * HASH_BYTES, 0x01);

/** SHA-256(0x01 ‖ left ‖ right). Both are 32 bytes in a tree; the function itself takes any. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  if (left.byteLength !== HASH_BYTES || right.byteLength !== HASH_BYTES) return hash('sha256', Buffer.concat([Uint8Array.of(0x01), left, right]), 'buffer');
  NODE.set(left, 1);
  NODE.set(right, 1 + HASH_BYTES);
  return hash('sha256', NODE, 'buffer');
}
