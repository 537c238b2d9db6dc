import { createHash } from 'node:crypto';

const LEAF_PREFIX = Uint8Array.of(0x00);

/**
 * SHA-256(0x00 ‖ UTF-8 of `text`), 32 bytes: the leaf hash of RFC 6962 section 2.1. The prefix keeps a leaf from ever being
 * taken for an inner node, whose hash starts with 0x01.
 */
export function leafHash(text: string): Buffer {
  return createHash('sha256').update(LEAF_PREFIX).update(text, 'utf8').digest();
}

/** The same as 64 lower-case hexadecimal digits, as it travels to the hub. */
export function leafHashHex(text: string): string {
  return leafHash(text).toString('hex');
}
