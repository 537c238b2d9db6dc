import { EMPTY_ROOT, nodeHash } from './hash.ts';
import { subtreesOf, type NodeId } from './shape.ts';

/** A complete subtree and its hash. */
export interface Subtree extends NodeId {
  readonly hash: Buffer;
}

/**
 * A tree that only grows at its right edge: it keeps the roots of its largest complete subtrees, at most 53 hashes, and needs
 * no leaf twice (a compact range, transparency-dev/merkle).
 */
export interface GrowingTree {
  size(): number;
  /** 32 bytes. */
  root(): Buffer;
  /** The roots of its largest complete subtrees, from left to right: enough to go on from here. */
  edge(): Buffer[];
  /**
   * Adds the leaf hash that comes next, or the root of the complete subtree of 2^level leaves that comes next.
   *
   * @param onComplete hears of each subtree that became complete, small ones first.
   * @throws RangeError when no subtree of that level begins at this place.
   */
  append(hash: Buffer, level?: number, onComplete?: (subtree: Subtree) => void): void;
}

/** @throws RangeError when `edge` is not that of a tree of `size`. */
export function growTree(size = 0, edge: readonly Buffer[] = []): GrowingTree {
  const nodes = subtreesOf({ begin: 0, end: size });
  if (nodes.length !== edge.length) throw new RangeError(`the edge of a tree of ${size} has ${nodes.length} hashes, not ${edge.length}`);
  const stack = nodes.map(({ level }, place) => ({ level, hash: edge[place] as Buffer }));
  let leaves = size;

  return {
    size: () => leaves,
    root: () => (stack.length === 0 ? EMPTY_ROOT : stack.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(left, right))),
    edge: () => stack.map(({ hash }) => hash),
    append(hash, level = 0, onComplete) {
      if (leaves % 2 ** level !== 0) throw new RangeError(`no subtree of level ${level} begins at leaf ${leaves}`);
      leaves += 2 ** level;
      let grown = { level, hash };
      for (;;) {
        onComplete?.({ ...grown, index: leaves / 2 ** grown.level - 1 });
        const left = stack.at(-1);
        if (left?.level !== grown.level) break;
        stack.pop();
        grown = { level: grown.level + 1, hash: nodeHash(left.hash, grown.hash) };
      }
      stack.push(grown);
    },
  };
}
