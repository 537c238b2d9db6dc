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
  const fields = Object.entries(value as { readonly [key: string]: CanonicalValue | undefined })
    .filter((field): field is [string, CanonicalValue] => field[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
}
