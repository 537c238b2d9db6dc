// The shape of the tree of RFC 6962, in numbers alone. A size may be any safe integer, so there are no 32-bit operators here.

/** The node above leaves `index · 2^level` to `(index + 1) · 2^level − 1`. All of them exist: such a node never changes. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** Leaves `begin` to `end − 1`. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/** The largest complete subtrees that make up a range, from left to right. */
export function subtreesOf({ begin, end }: LeafRange): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = begin; at < end; ) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level += 1;
    nodes.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return nodes;
}

/**
 * The subtrees whose hashes prove that leaf `index` is in a tree of `size`: the leaf's sibling first, the root's child last
 * (RFC 6962 section 2.1.1).
 *
 * @throws RangeError unless 0 <= index < size
 */
export function inclusionPath(index: number, size: number): LeafRange[] {
  if (!(Number.isSafeInteger(size) && Number.isSafeInteger(index) && index >= 0 && index < size)) throw new RangeError(`there is no leaf ${index} in a tree of ${size}`);
  const path: LeafRange[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    if (index < middle) {
      path.push({ begin: middle, end });
      end = middle;
    } else {
      path.push({ begin, end: middle });
      begin = middle;
    }
  }
  return path.reverse();
}

/**
 * The subtrees whose hashes prove that a tree of `size` begins with the tree of `from` leaves (RFC 6962 section 2.1.2).
 *
 * @throws RangeError unless 0 < from <= size: the empty tree is the beginning of everything, so it proves nothing.
 */
export function consistencyPath(from: number, size: number): LeafRange[] {
  if (!(Number.isSafeInteger(size) && Number.isSafeInteger(from) && from > 0 && from <= size)) throw new RangeError(`there is no proof from size ${from} to size ${size}`);
  const siblings: LeafRange[] = [];
  let begin = 0;
  let end = size;
  while (end !== from) {
    const middle = begin + splitOf(end - begin);
    if (from <= middle) {
      siblings.push({ begin: middle, end });
      end = middle;
    } else {
      siblings.push({ begin, end: middle });
      begin = middle;
    }
  }
  // Where the old tree is a complete subtree at the left, the verifier has its hash: it is the old root.
  return [...(begin === 0 ? [] : [{ begin, end }]), ...siblings.reverse()];
}

/** The largest power of two below `leaves`: where RFC 6962 splits a tree. */
function splitOf(leaves: number): number {
  let split = 1;
  while (split * 2 < leaves) split *= 2;
  return split;
}
