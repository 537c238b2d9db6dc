import { describe, expect, it } from 'vitest';
import { type Bytes, toHex } from '../../../../renderer/console/audit/verify/bytes.ts';
import { climb, leafHash, nodeHash } from '../../../../renderer/console/audit/verify/merkle-path.ts';
import { leafOf, pathOf, rootOf } from './tree.ts';

const bytes = (hex: string): Bytes => new Uint8Array(Buffer.from(hex, 'hex'));
const rootBy = async (leaf: Bytes, index: number, size: number, siblings: readonly Bytes[]): Promise<string> => toHex((await climb(leaf, BigInt(index), BigInt(size), siblings)).at(-1)?.parent ?? leaf);

// transparency-dev/merkle@417fb0c: rfc6962/rfc6962_test.go, testonly/constants.go, cmd/proofgen/main.go.
const ROOTS = {
  3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
};
const PROOF_1_OF_8 = ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'].map(bytes);
const PROOF_3_OF_3 = ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'].map(bytes);

describe('the hashes of the tree', () => {
  it.each([
    ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    ['L123456', '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56'],
    // golang/mod sumdb/tlog
    ['hello world', Buffer.from('TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=', 'base64').toString('hex')],
  ])('of the leaf "%s" is that of the other implementations', async (leaf, hash) => {
    expect(toHex(await leafHash(leaf))).toBe(hash);
  });

  it('of a node is that of the other implementations', async () => {
    expect(toHex(await nodeHash(new TextEncoder().encode('N123'), new TextEncoder().encode('N456')))).toBe('aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb');
  });
});

describe('the path from a leaf to the root', () => {
  it('leads to the published roots by the published proofs', async () => {
    expect(await rootBy(await leafHash(''), 0, 8, PROOF_1_OF_8)).toBe(ROOTS[8]);
    expect(await rootBy(await leafHash('\x10'), 2, 3, PROOF_3_OF_3)).toBe(ROOTS[3]);
  });

  it('leads to the root from every leaf of every tree up to 33 leaves', async () => {
    for (let size = 1; size <= 33; size += 1) {
      const leaves = Array.from({ length: size }, (_, index) => leafOf(`leaf ${index}`));
      for (let index = 0; index < size; index += 1) {
        const siblings = pathOf(index, leaves).map((hash) => new Uint8Array(hash));
        expect(await rootBy(new Uint8Array(leaves[index]!), index, size, siblings), `leaf ${index} of ${size}`).toBe(rootOf(leaves).toString('hex'));
      }
    }
  });

  it('leads elsewhere from another place, in another tree, or with two hashes exchanged', async () => {
    const leaf = await leafHash('');
    expect(await rootBy(leaf, 1, 8, PROOF_1_OF_8)).not.toBe(ROOTS[8]);
    expect(await rootBy(await leafHash('other'), 0, 8, PROOF_1_OF_8)).not.toBe(ROOTS[8]);
    expect(await rootBy(leaf, 0, 8, [PROOF_1_OF_8[1]!, PROOF_1_OF_8[0]!, PROOF_1_OF_8[2]!])).not.toBe(ROOTS[8]);
  });

  it.each([
    ['an empty tree', 0, 0, []],
    ['a place behind the last', 8, 8, PROOF_1_OF_8],
    ['a hash too few', 0, 8, PROOF_1_OF_8.slice(1)],
    ['a hash too many', 0, 8, [...PROOF_1_OF_8, PROOF_1_OF_8[0]!]],
    ['a hash for a tree of one leaf', 0, 1, PROOF_3_OF_3],
    ['a hash of 31 bytes', 0, 8, [PROOF_1_OF_8[0]!.slice(1), ...PROOF_1_OF_8.slice(1)]],
  ])('is refused for %s', async (_, index, size, siblings) => {
    await expect(climb(await leafHash(''), BigInt(index), BigInt(size), siblings)).rejects.toMatchObject({ code: 'proof-malformed' });
  });
});
