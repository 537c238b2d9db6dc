import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyPath, growTree, hashesOf, inclusionPath, leafHash, subtreeHashesOf, subtreesOf, tilePath, verifyConsistency, verifyInclusion } from '../../../src/impressions/tree/index.ts';
import { REFERENCE_LEAVES, REFERENCE_ROOTS, testTree } from './test-tree.ts';

const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'));
const root = (size: number) => Buffer.from(REFERENCE_ROOTS[size]!, 'hex');
/** transparency-dev/merkle@417fb0c, compact/range_test.go: leaf i is i as two bytes, little endian. */
const numbered = (count: number) => Array.from({ length: count }, (_, i) => Uint8Array.of(i & 255, i >> 8));

// transparency-dev/merkle@417fb0c, testonly/constants.go
describe('the root of the reference tree', () => {
  it.each(REFERENCE_ROOTS.map((expected, size) => ({ size, expected })))('is right at size $size, growing and from tiles', ({ size, expected }) => {
    const { tree, readTile } = testTree(REFERENCE_LEAVES.slice(0, size));
    expect(tree.root().toString('hex')).toBe(expected);
    if (size > 0) expect(hex(hashesOf([{ begin: 0, end: size }], readTile))).toEqual([expected]);
  });
});

// transparency-dev/merkle@417fb0c, compact/range_test.go
it.each([
  [10, 'VjWMPSYNtCuCNlF/RLnQy6HcwSk6CIipfxm+hettA+4='],
  [100, 'dUh9hYH88p0CMoHkdr1wC2szbhcLAXOejWpINIooKUY='],
])('the root over %i numbered leaves is that of the compact ranges', (size, expected) => {
  expect(testTree(numbered(size)).tree.root().toString('base64')).toBe(expected);
});

// transparency-dev/merkle@417fb0c, cmd/proofgen/main.go; leaves are counted from 1 there
describe('proofs on the reference tree', () => {
  const { readTile, hash } = testTree(REFERENCE_LEAVES);
  const INCLUSION_1_OF_8 = ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'];
  const INCLUSION_3_OF_3 = ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'];
  const CONSISTENCY_6_TO_8 = ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'];
  const bytes = (proof: readonly string[]) => proof.map((each) => Buffer.from(each, 'hex'));

  it('are the published ones', () => {
    expect(hex(hashesOf(inclusionPath(0, 8), readTile))).toEqual(INCLUSION_1_OF_8);
    expect(hex(hashesOf(inclusionPath(2, 3), readTile))).toEqual(INCLUSION_3_OF_3);
    expect(hex(hashesOf(consistencyPath(6, 8), readTile))).toEqual(CONSISTENCY_6_TO_8);
  });

  it('are verified', () => {
    expect(verifyInclusion(0, 8, hash(0), bytes(INCLUSION_1_OF_8), root(8))).toBe(true);
    expect(verifyInclusion(2, 3, hash(2), bytes(INCLUSION_3_OF_3), root(3))).toBe(true);
    expect(verifyConsistency(6, 8, root(6), root(8), bytes(CONSISTENCY_6_TO_8))).toBe(true);
  });

  it('prove nothing else', () => {
    const proof = bytes(INCLUSION_1_OF_8);
    expect(verifyInclusion(1, 8, hash(0), proof, root(8))).toBe(false);
    expect(verifyInclusion(0, 4, hash(0), proof, root(8))).toBe(false);
    expect(verifyInclusion(0, 8, hash(1), proof, root(8))).toBe(false);
    expect(verifyInclusion(0, 8, hash(0), proof.slice(1), root(8))).toBe(false);
    expect(verifyInclusion(0, 8, hash(0), [...proof, root(8)], root(8))).toBe(false);
    expect(verifyInclusion(0, 8, hash(0).subarray(1), proof, root(8))).toBe(false);
    expect(verifyInclusion(8, 8, hash(0), proof, root(8))).toBe(false);
    expect(verifyInclusion(-1, 8, hash(0), proof, root(8))).toBe(false);
    expect(verifyConsistency(6, 8, root(5), root(8), bytes(CONSISTENCY_6_TO_8))).toBe(false);
    expect(verifyConsistency(8, 6, root(8), root(6), bytes(CONSISTENCY_6_TO_8))).toBe(false);
  });

  // transparency-dev/merkle@417fb0c, proof/verify.go: stricter than RFC 9162
  it('from size 0 are always refused, also to size 0', () => {
    expect(verifyConsistency(0, 0, root(0), root(0), [])).toBe(false);
    expect(verifyConsistency(0, 8, root(0), root(8), [])).toBe(false);
    expect(() => consistencyPath(0, 8)).toThrow(RangeError);
  });

  it('from a size to itself are empty', () => {
    expect(verifyConsistency(8, 8, root(8), root(8), [])).toBe(true);
    expect(verifyConsistency(8, 8, root(8), root(7), [])).toBe(false);
    expect(verifyConsistency(8, 8, root(8), root(8), [root(1)])).toBe(false);
  });
});

describe('any tree', () => {
  const LEAVES = 700;
  const { readTile, hash } = testTree(numbered(LEAVES));
  const roots = Array.from({ length: LEAVES + 1 }, (_, size) => (size === 0 ? null : hashesOf([{ begin: 0, end: size }], readTile)[0]!));
  const size = fc.integer({ min: 1, max: LEAVES });

  it('proves each of its leaves, and no other', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (n, a, b) => {
        const index = a % n;
        const proof = hashesOf(inclusionPath(index, n), readTile);
        expect(verifyInclusion(index, n, hash(index), proof, roots[n]!)).toBe(true);
        const other = b % LEAVES;
        if (other !== index) expect(verifyInclusion(index, n, hash(other), proof, roots[n]!)).toBe(false);
      }),
    );
  });

  it('proves that it begins with each smaller one, whichever hash is forged', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (n, a, b) => {
        const from = (a % n) + 1;
        const proof = hashesOf(consistencyPath(from, n), readTile);
        expect(verifyConsistency(from, n, roots[from]!, roots[n]!, proof)).toBe(true);
        if (proof.length === 0) return;
        const forged = proof.map((each, place) => (place === b % proof.length ? leafHash(each) : each));
        expect(verifyConsistency(from, n, roots[from]!, roots[n]!, forged)).toBe(false);
      }),
    );
  });

  it('can be put together from the subtrees before some leaves, these leaves, and the subtrees behind them', () => {
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (n, a, b) => {
        const [from, to] = [a % n, b % (n + 1)].sort((x, y) => x - y) as [number, number];
        const tree = growTree(from, subtreeHashesOf({ begin: 0, end: from }, readTile));
        for (let index = from; index < to; index += 1) tree.append(hash(index));
        const right = subtreeHashesOf({ begin: to, end: n }, readTile);
        subtreesOf({ begin: to, end: n }).forEach(({ level }, place) => tree.append(right[place]!, level));
        expect(tree.root()).toEqual(roots[n]);
      }),
    );
  });
});

// C2SP tlog-tiles@5ba5ee83
it('tiles have the paths of C2SP', () => {
  expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
  expect(tilePath({ level: 1, index: 0, width: 112 })).toBe('tile/1/000.p/112');
});
