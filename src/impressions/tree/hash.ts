import { createHash } from 'node:crypto';

export const HASH_BYTES = 32;

const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_PREFIX = Uint8Array.of(0x01);

/** SHA-256 of nothing: the root of a tree without leaves (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Buffer = createHash('sha256').digest();

/**
 * SHA-256(0x00 ‖ entry), 32 bytes: the leaf hash of RFC 6962 section 2.1. Text counts as its UTF-8. The prefix keeps a leaf from
 * ever being taken for an inner node, whose hash starts with 0x01.
 */
export function leafHash(entry: string | Uint8Array): Buffer {
  const hash = createHash('sha256').update(LEAF_PREFIX);
  return (typeof entry === 'string' ? hash.update(entry, 'utf8') : hash.update(entry)).digest();
}

/** The same as 64 lower-case hexadecimal digits, as it travels to the hub. */
export function leafHashHex(text: string): string {
  return leafHash(text).toString('hex');
}

/** SHA-256(0x01 ‖ left ‖ right). Both are 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash('sha256').update(NODE_PREFIX).update(left).update(right).digest();
}
