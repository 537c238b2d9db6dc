import { LitfassError } from '../../../../src/contract/index.ts';
import { type Bytes, concat, sha256, utf8 } from './bytes.ts';

const HASH_BYTES = 32;

/** One step up the tree: the sibling, on which side of us it stands, and what the two hash to. */
export interface PathStep {
  readonly side: 'left' | 'right';
  readonly sibling: Bytes;
  readonly parent: Bytes;
}

/** SHA-256(0x00 ‖ UTF-8 of the leaf), RFC 6962 section 2.1. */
export function leafHash(leaf: string): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(0x00), utf8(leaf)));
}

/** SHA-256(0x01 ‖ left ‖ right): the other prefix keeps a node from ever passing for a leaf. */
export function nodeHash(left: Bytes, right: Bytes): Promise<Bytes> {
  return sha256(concat(Uint8Array.of(0x01), left, right));
}

/**
 * Climbs from a leaf to the root by an inclusion proof, RFC 9162 section 2.1.3.2, and keeps every step for the eye. The root is
 * the parent of the last step; of a tree of one leaf, which has no steps, it is the leaf itself.
 *
 * @param siblings the leaf's sibling first, 32 bytes each.
 * @throws LitfassError `proof-malformed` when the proof cannot belong to this place in a tree of this size.
 */
export async function climb(leaf: Bytes, index: bigint, size: bigint, siblings: readonly Bytes[]): Promise<PathStep[]> {
  if (leaf.length !== HASH_BYTES) throw malformed(`the leaf hash has ${leaf.length} bytes instead of ${HASH_BYTES}`);
  if (index < 0n || index >= size) throw malformed(`a tree of ${size} leaves has no leaf ${index}`);
  const steps: PathStep[] = [];
  let here = leaf;
  let node = index;
  let last = size - 1n;
  for (const sibling of siblings) {
    if (sibling.length !== HASH_BYTES) throw malformed(`hash ${steps.length + 1} has ${sibling.length} bytes instead of ${HASH_BYTES}`);
    if (last === 0n) throw malformed(`it has ${siblings.length} hashes, more than leaf ${index} of ${size} needs`);
    const side = node % 2n === 1n || node === last ? 'left' : 'right';
    const parent = side === 'left' ? await nodeHash(sibling, here) : await nodeHash(here, sibling);
    steps.push({ side, sibling, parent });
    here = parent;
    // A last node without a right neighbour goes up unhashed until it is somebody's right child.
    if (side === 'left') {
      while (node % 2n === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    }
    node >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) throw malformed(`it has ${siblings.length} hashes, fewer than leaf ${index} of ${size} needs`);
  return steps;
}

function malformed(what: string): LitfassError {
  return new LitfassError('proof-malformed', `The inclusion proof does not fit: ${what}.`);
}
