/** A master element of Matroska (RFC 9559, section 5.1): everything behind the header of the file. */
const SEGMENT = 0x18538067;

/**
 * Whether a WebM file is as long as it says. A recording that was written as it came need not say so, and is taken to be whole.
 *
 * @param head of a file that begins with an EBML header (RFC 8794)
 * @param bytes of the whole file
 */
export function isCompleteWebm({ head, bytes }: { readonly head: Buffer; readonly bytes: number }): boolean {
  const header = sizeAt(head, 4);
  if (header?.value == null) return false;
  const segment = header.end + header.value;
  // Where something else comes first, or the header is larger than what is at hand, nothing can be said.
  if (segment + 4 > head.length) return segment + 4 <= bytes;
  if (head.readUInt32BE(segment) !== SEGMENT) return true;
  const size = sizeAt(head, segment + 4);
  return size !== null && (size.value === null || size.end + size.value <= bytes);
}

/** A variable-size integer (RFC 8794, section 4); `value` is `null` where all its bits are set, which means unknown. */
function sizeAt(bytes: Buffer, at: number): { readonly value: number | null; readonly end: number } | null {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || at + length > bytes.length) return null;
  let value = BigInt(first & (0xff >> length));
  for (const byte of bytes.subarray(at + 1, at + length)) value = (value << 8n) | BigInt(byte);
  return { value: value === (1n << BigInt(7 * length)) - 1n ? null : Number(value), end: at + length };
}
