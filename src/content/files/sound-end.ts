import type { SampledFile } from './sampled-file.ts';

/** Tags of the oldest kind (ID3v1) lie behind the sound, whatever the format. */
const OLD_TAG_BYTES = 128;
/** Bytes of sound look like the start of a frame two times in what is at hand; made-up ones must not cost a minute. */
const MOST_STARTS = 64;

/**
 * Ogg (RFC 3533), section 6: a file is made of pages, each of which says how long it is. Whether the last one is there whole; that
 * it says to be the last is not asked for, because recordings of a live stream do not.
 */
export function isCompleteOgg({ tail }: SampledFile): boolean {
  const page = tail.lastIndexOf('OggS');
  if (page < 0 || page + 27 > tail.length) return false;
  const table = tail.subarray(page + 27, page + 27 + (tail[page + 26] ?? 0));
  return page + 27 + (tail[page + 26] ?? 0) + table.reduce((sum, segment) => sum + segment, 0) <= tail.length;
}

/**
 * MPEG audio has no length. Encoders put a silent frame before the sound that says one: `Xing`, or `Info` where the rate is
 * constant, with the bytes from that frame on where its second flag is set (the LAME tag, mp3-info-tag rev. 1).
 */
export function isCompleteMpegAudio({ bytes, head }: SampledFile): boolean {
  const frame = head.toString('latin1', 0, 3) === 'ID3' && head.length >= 10 ? 10 + syncSafe(head, 6) : 0;
  // Its place depends on version and channels; at the most 36 bytes behind the start of the frame.
  const first = head.subarray(frame, frame + 64);
  const at = Math.max(first.indexOf('Xing'), first.indexOf('Info'));
  if (at < 0 || at + 16 > first.length) return true;
  const flags = first.readUInt32BE(at + 4);
  if ((flags & 2) === 0) return true;
  return frame + first.readUInt32BE(at + 8 + ((flags & 1) === 0 ? 0 : 4)) <= bytes;
}

/** FLAC (RFC 9639), section 9.3: each frame ends with a checksum of itself, so the last one that is there whole ends the file. */
export function isCompleteFlac({ tail }: SampledFile): boolean {
  const end = tail.toString('latin1', tail.length - OLD_TAG_BYTES, tail.length - OLD_TAG_BYTES + 3) === 'TAG' ? tail.length - OLD_TAG_BYTES : tail.length;
  let starts = 0;
  for (let at = end - 4; at >= 0 && starts < MOST_STARTS; at -= 1) {
    // The fourteen bits of a frame's start, a zero, and whether blocks vary in size.
    if (tail[at] !== 0xff || ((tail[at + 1] ?? 0) & 0xfe) !== 0xf8) continue;
    if (checksum(tail.subarray(at, end)) === 0) return true;
    starts += 1;
  }
  return false;
}

/** CRC-16 with the polynomial 0x8005: 0 over bytes that end with their own. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) sum = ((sum << 1) ^ ((sum & 0x8000) === 0 ? 0 : 0x8005)) & 0xffff;
  }
  return sum;
}

/** Four bytes of seven bits each (ID3v2.4, section 6.2). */
function syncSafe(bytes: Buffer, at: number): number {
  return bytes.subarray(at, at + 4).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
}
