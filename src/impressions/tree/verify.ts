import { HASH_BYTES, nodeHash } from './hash.ts';
import { consistencyPath, inclusionPath } from './shape.ts';

/**
 * The root that a tree of `size` must have if `leaf` is its leaf `index` and `proof` is right. The caller compares it with
 * a root that was signed.
 *
 * Stricter than RFC 9162 section 2.1.3.2: every hash has exactly 32 bytes, and the proof exactly the length of the path.
 *
 * @returns `null` when the proof cannot be one.
 */
export function rootOfInclusion(index: number, size: number, leaf: Uint8Array, proof: readonly Uint8Array[]): Buffer | null {
  if (!isPlace(index, size) || leaf.byteLength !== HASH_BYTES || !areHashes(proof)) return null;
  const path = inclusionPath(index, size);
  if (path.length !== proof.length) return null;
  return path.reduce<Buffer>((hash, sibling, step) => {
    const other = proof[step] as Uint8Array;
    return sibling.begin > index ? nodeHash(hash, other) : nodeHash(other, hash);
  }, Buffer.from(leaf));
}

export function verifyInclusion(index: number, size: number, leaf: Uint8Array, proof: readonly Uint8Array[], root: Uint8Array): boolean {
  return rootOfInclusion(index, size, leaf, proof)?.equals(root) ?? false;
}

/**
 * Whether the tree of `size` with `root` begins with the tree of `from` leaves that has the root `oldRoot`.
 *
 * From size 0 it is always refused, also to size 0: a proof from nothing says nothing (transparency-dev/merkle, proof/verify.go;
 * plain RFC 9162 section 2.1.4.2 lets it pass). Who wants to accept a first checkpoint says so in the protocol.
 */
export function verifyConsistency(from: number, size: number, oldRoot: Uint8Array, root: Uint8Array, proof: readonly Uint8Array[]): boolean {
  if (!isPlace(from - 1, size) || oldRoot.byteLength !== HASH_BYTES || root.byteLength !== HASH_BYTES || !areHashes(proof)) return false;
  const path = consistencyPath(from, size);
  if (path.length !== proof.length) return false;

  // The first hash is common to both trees: it stands in the proof, or it is the whole old tree.
  const begun = path[0]?.begin !== 0 && path[0]?.end === from;
  let old: Buffer = Buffer.from(begun ? (proof[0] as Uint8Array) : oldRoot);
  let now: Buffer = old;
  for (let step = begun ? 1 : 0; step < path.length; step += 1) {
    const sibling = proof[step] as Uint8Array;
    if ((path[step]?.begin ?? 0) >= from) {
      now = nodeHash(now, sibling);
    } else {
      old = nodeHash(sibling, old);
      now = nodeHash(sibling, now);
    }
  }
  return old.equals(oldRoot) && now.equals(root);
}

function isPlace(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size;
}

function areHashes(proof: readonly Uint8Array[]): boolean {
  return proof.every((hash) => hash.byteLength === HASH_BYTES);
}
