/** A value that has exactly one canonical spelling: no floats, no undefined. */
export type CanonicalValue = string | number | boolean | null | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue | undefined };

/**
 * JSON with sorted keys, no white space and integers only: the text that is signed and hashed (a subset of RFC 8785, so any
 * JCS library writes the same bytes). Keys whose value is `undefined` are left out.
 *
 * @throws TypeError for a number that is not a safe integer: floats have too many spellings for evidence.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical JSON takes safe integers only, not ${String(value)}`);
    return Object.is(value, -0) ? '0' : String(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let text = '';
  // One pass without pairs and copies: this runs for each leaf. The default order of `sort` is that of UTF-16 code units.
  for (const key of Object.keys(value).sort()) {
    const field = (value as { readonly [key: string]: CanonicalValue | undefined })[key];
    if (field !== undefined) text += `${text === '' ? '' : ','}${quotedKey(key)}:${canonicalJson(field)}`;
  }
  return `{${text}}`;
}

/** The names of fields repeat from leaf to leaf; what somebody invents does not fill the memory. */
const MOST_QUOTED = 1_000;
const quoted = new Map<string, string>();

function quotedKey(key: string): string {
  const known = quoted.get(key);
  if (known !== undefined) return known;
  const text = JSON.stringify(key);
  if (quoted.size < MOST_QUOTED) quoted.set(key, text);
  return text;
}
