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
  for (const { key, prefix } of fieldsOf(Object.keys(value))) {
    const field = (value as { readonly [key: string]: CanonicalValue | undefined })[key];
    if (field !== undefined) text += `${text === '' ? '' : ','}${prefix}${canonicalJson(field)}`;
  }
  return `{${text}}`;
}

/** One field of an object's text: its key, and what stands before its value. */
interface Field {
  readonly key: string;
  readonly prefix: string;
}

/** Objects of one making have the same keys in the same order from leaf to leaf: sorted and quoted once, compared ever after. */
const known = new Map<number, { readonly keys: readonly string[]; readonly fields: readonly Field[] }[]>();
/** What somebody invents does not fill the memory. */
const MOST_OF_A_LENGTH = 8;
const LONGEST = 40;

function fieldsOf(keys: readonly string[]): readonly Field[] {
  const alike = known.get(keys.length) ?? [];
  const same = alike.find((shape) => shape.keys.every((key, place) => key === keys[place]));
  if (same !== undefined) return same.fields;
  // The default order of `sort` is that of UTF-16 code units.
  const fields = [...keys].sort().map((key) => ({ key, prefix: `${JSON.stringify(key)}:` }));
  if (alike.length < MOST_OF_A_LENGTH && keys.length <= LONGEST) known.set(keys.length, [...alike, { keys, fields }]);
  return fields;
}
