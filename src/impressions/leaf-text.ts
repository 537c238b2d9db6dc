import { canonicalJson, describeIssues, leafSchema, LitfassError, type Leaf } from '../contract/index.ts';
import { textOf } from './text-of.ts';

/** C2SP tlog-tiles writes an entry's length in 16 bits; a longer leaf could never be served to an auditor. */
const MAX_LEAF_BYTES = 65_535;

/**
 * The exact text of a leaf: hashed, stored and sent as it is, never written a second time from its parsed form.
 *
 * It is checked here, at the wall to the disk, because a leaf that the hub refuses would stop the uplink for good.
 *
 * @throws LitfassError `leaf-invalid` when the leaf does not fit its schema or is longer than 65 535 bytes.
 */
export function leafText(leaf: Leaf): string {
  const text = certainText(leaf) ?? checkedText(leaf);
  // A UTF-16 unit becomes three bytes at most: the usual leaf is short enough without counting them.
  if (text.length > MAX_LEAF_BYTES / 3 && Buffer.byteLength(text, 'utf8') > MAX_LEAF_BYTES) {
    throw new LitfassError('leaf-invalid', `A ${leaf.type} leaf of ${Buffer.byteLength(text, 'utf8')} bytes cannot be logged: ${MAX_LEAF_BYTES} is the most. It was not stored; shorten its texts.`);
  }
  return text;
}

const certainText = textOf(leafSchema);

function checkedText(leaf: Leaf): string {
  const checked = leafSchema.safeParse(leaf);
  if (checked.success) return canonicalJson(checked.data);
  throw new LitfassError('leaf-invalid', `A ${leaf.type} leaf cannot be logged: ${describeIssues(checked.error)}. It was not stored; correct what made it.`);
}

/** Reads a stored leaf back. Only for looking at it: its hash is over the stored text. */
export function parseLeaf(text: string): Leaf {
  return leafSchema.parse(JSON.parse(text));
}
