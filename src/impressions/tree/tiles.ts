import { nodeHash } from './hash.ts';
import { subtreesOf, type LeafRange, type NodeId } from './shape.ts';

// Tiles of C2SP tlog-tiles: 256 hashes wide, 8 levels high. Level 0 are the leaf hashes; only every eighth level is stored.

export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 256;

/** The first `width` hashes of a tile; `level` counts tiles, eight levels of the tree each. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** Reads the hashes of a tile, from left to right. */
export type ReadTile = (tile: Tile) => readonly Uint8Array[];

/** `tile/<level>/<index>[.p/<width>]`: the index in groups of three digits, all but the last with an `x` (C2SP tlog-tiles). */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
  const groups = digits.match(/.{3}/g) ?? [];
  const path = groups.map((group, place) => (place === groups.length - 1 ? group : `x${group}`)).join('/');
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** Every tile that the hashes of these ranges are made from, each once and as wide as it is needed. */
export function tilesOf(ranges: readonly LeafRange[]): Tile[] {
  const widths = new Map<string, Tile>();
  for (const node of ranges.flatMap(subtreesOf)) {
    const { tile } = placeOf(node);
    const known = widths.get(tileKey(tile));
    if (known === undefined || known.width < tile.width) widths.set(tileKey(tile), tile);
  }
  return [...widths.values()];
}

/**
 * The Merkle hash of each range. A range is one of those of `inclusionPath` or `consistencyPath`, or begins at 0.
 *
 * @throws RangeError when a tile is narrower than the tree: rows are missing.
 */
export function hashesOf(ranges: readonly LeafRange[], readTile: ReadTile): Buffer[] {
  const read = new Map(tilesOf(ranges).map((tile) => [tileKey(tile), readTile(tile)]));
  return ranges.map((range) => {
    const hashes = subtreesOf(range).map((node) => hashOfNode(node, read));
    return hashes.reduceRight((right, left) => nodeHash(left, right));
  });
}

/** The hashes of the largest complete subtrees of any range, from left to right. */
export function subtreeHashesOf(range: LeafRange, readTile: ReadTile): Buffer[] {
  const read = new Map(tilesOf([range]).map((tile) => [tileKey(tile), readTile(tile)]));
  return subtreesOf(range).map((node) => hashOfNode(node, read));
}

function hashOfNode(node: NodeId, read: ReadonlyMap<string, readonly Uint8Array[]>): Buffer {
  const { tile, begin, count } = placeOf(node);
  let row = (read.get(tileKey(tile)) ?? []).slice(begin, begin + count);
  if (row.length !== count) throw new RangeError(`${tilePath(tile)} has too few hashes for node ${node.index} of level ${node.level}`);
  while (row.length > 1) row = pairs(row);
  return Buffer.from(row[0] as Uint8Array);
}

function pairs(row: readonly Uint8Array[]): Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let at = 0; at < row.length; at += 2) above.push(nodeHash(row[at] as Uint8Array, row[at + 1] as Uint8Array));
  return above;
}

/** Where a node's hashes stand in the tile below it. */
function placeOf({ level, index }: NodeId): { tile: Tile; begin: number; count: number } {
  const count = 2 ** (level % TILE_HEIGHT);
  const first = index * count;
  const begin = first % TILE_WIDTH;
  return { tile: { level: Math.floor(level / TILE_HEIGHT), index: Math.floor(first / TILE_WIDTH), width: begin + count }, begin, count };
}

function tileKey({ level, index }: Tile): string {
  return `${level}/${index}`;
}
