// What is signed has one spelling. Node alone is too lenient: BigInt('') is 0, '012' is 12, and its base64 skips spaces.

/** An ASCII decimal without sign or leading zeros, up to 2^53 − 1. @returns `null` for any other text. */
export function parseDecimal(text: string): number | null {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

/** Canonical, padded base64 (RFC 4648 section 4). @returns `null` for any other text, also where only unused bits differ. */
export function parseBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** The text of UTF-8 bytes. @returns `null` when they are none. */
export function parseUtf8(bytes: Uint8Array): string | null {
  try {
    // The mark is part of the bytes: dropping it would let two files say the same.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
