/** A box of an ISO base media file (ISO/IEC 14496-12, section 4.2): MP4, M4A and AVIF are made of these. */
export interface IsoBox {
  readonly type: string;
  /** Where its content begins and ends, from the start of the file. The end may lie behind the bytes that are at hand. */
  readonly start: number;
  readonly end: number;
}

/**
 * The boxes that follow each other between `start` and `end`, as far as their headers lie in `bytes`. A box that says it is
 * shorter than its own header ends the walk: nothing behind it can be trusted.
 */
export function* isoBoxes(bytes: Buffer, start: number, end: number): Generator<IsoBox> {
  let at = start;
  while (at + 8 <= Math.min(end, bytes.length)) {
    const short = bytes.readUInt32BE(at);
    const isLong = short === 1 && at + 16 <= bytes.length;
    const header = isLong ? 16 : 8;
    // A length of 0 reaches to the end of the file.
    const length = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? end - at : short;
    if (length < header) return;
    yield { type: bytes.toString('latin1', at + 4, at + 8), start: at + header, end: at + length };
    at += length;
  }
}
