import type Database from 'better-sqlite3';
import { growTree, HASH_BYTES, TILE_WIDTH, type ReadTile } from './tree/index.ts';

/**
 * The tiles of the tree over the leaf table. Level 0 are the hashes that stand in the rows; the levels above have a table of
 * their own, one hash for each complete tile below. `growTo` belongs inside a transaction.
 */
export function treeTable(database: Database.Database) {
  // A tile comes as one text: 256 rows, each with a buffer of its own, would take five times as long.
  const leafHashes = database.prepare<[number, number], string>("SELECT coalesce(group_concat(hex(hash), '' ORDER BY seq), '') FROM leaf WHERE seq >= ? AND seq < ?").pluck();
  const treeHashes = database.prepare<[number, number, number], string>("SELECT coalesce(group_concat(hex(hash), '' ORDER BY place), '') FROM tree WHERE level = ? AND place >= ? AND place < ?").pluck();
  const insert = database.prepare<[number, number, Buffer]>('INSERT INTO tree (level, place, hash) VALUES (?, ?, ?)');
  const stored = database.prepare<[], number>('SELECT coalesce(max(place) + 1, 0) FROM tree WHERE level = 1').pluck();

  /** Complete tiles of rows whose hash is stored; `null`: ask. */
  let known: number | null = null;

  const readTile: ReadTile = ({ level, index, width }) => {
    const [from, to] = [index * TILE_WIDTH, index * TILE_WIDTH + width];
    const hashes = Buffer.from((level === 0 ? leafHashes.get(from, to) : treeHashes.get(level, from, to)) ?? '', 'hex');
    return Array.from({ length: hashes.byteLength / HASH_BYTES }, (_, place) => hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES));
  };

  function storeTilesEndingAt(row: number): void {
    for (let level = 1, leaves = TILE_WIDTH; row % leaves === 0; level += 1, leaves *= TILE_WIDTH) {
      const tile = growTree();
      for (const hash of readTile({ level: level - 1, index: row / leaves - 1, width: TILE_WIDTH })) tile.append(hash as Buffer);
      insert.run(level, row / leaves - 1, tile.root());
    }
  }

  return {
    readTile,

    /** Whether a log of `size` rows has complete tiles that are not stored yet. */
    isBehind: (size: number): boolean => size >= ((known ??= stored.get() ?? 0) + 1) * TILE_WIDTH,

    /** Stores the hash of each tile that is complete in a log of `size` rows. When the transaction is taken back, say so with `takenBack`. */
    growTo(size: number): void {
      let tiles = known ?? stored.get() ?? 0;
      for (; (tiles + 1) * TILE_WIDTH <= size; tiles += 1) storeTilesEndingAt((tiles + 1) * TILE_WIDTH);
      known = tiles;
    },

    takenBack(): void {
      known = null;
    },
  };
}
