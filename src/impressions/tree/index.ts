// The Merkle tree of RFC 6962 in tiles of 256 hashes: shapes, hashes, proofs and their verification. Pure; no file, no clock.
export { growTree, type GrowingTree, type Subtree } from './growing-tree.ts';
export { EMPTY_ROOT, HASH_BYTES, leafHash, leafHashHex, nodeHash } from './hash.ts';
export { consistencyPath, inclusionPath, subtreesOf, type LeafRange } from './shape.ts';
export { hashesOf, subtreeHashesOf, TILE_HEIGHT, TILE_WIDTH, tilePath, tilesOf, type ReadTile, type Tile } from './tiles.ts';
export { rootOfInclusion, verifyConsistency, verifyInclusion } from './verify.ts';
