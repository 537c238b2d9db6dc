import type Database from 'better-sqlite3';
import { growTree, HASH_BYTES, TILE_HEIGHT, TILE_WIDTH, type ReadTile } from './tree/index.ts';

/**
 * The tiles of the tree over the leaf table. Level 0 are the hashes that stand in the rows; the levels above have a table of
 * their own, one hash for each complete tile below. `grown` and `rebuild` belong inside a transaction.
 */
export function treeTable(database: Database.Database) {
  // A tile comes as one text: 256 rows, each with a buffer of its own, would take five times as long.
  const leafHashes = database.prepare<[number, number], string>("SELECT coalesce(group_concat(hex(hash), '' ORDER BY seq), '') FROM leaf WHERE seq >= ? AND seq < ?").pluck();
  const treeHashes = database.prepare<[number, number, number], string>("SELECT coalesce(group_concat(hex(hash), '' ORDER BY place), '') FROM tree WHERE level = ? AND place >= ? AND place < ?").pluck();
  const insert = database.prepare<[number, number, Buffer]>('INSERT INTO tree (level, place, hash) VALUES (?, ?, ?)');
  const allHashes = database.prepare<[], Buffer>('SELECT hash FROM leaf ORDER BY seq').pluck();

  const readTile: ReadTile = ({ level, index, width }) => {
    const [from, to] = [index * TILE_WIDTH, index * TILE_WIDTH + width];
    const hashes = Buffer.from((level === 0 ? leafHashes.get(from, to) : treeHashes.get(level, from, to)) ?? '', 'hex');
    return Array.from({ length: hashes.byteLength / HASH_BYTES }, (_, place) => hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES));
  };

  return {
    readTile,

    /** Whether the row that makes it `size` rows completes a tile. */
    grows: (size: number): boolean => size % TILE_WIDTH === 0,

    /** The log has `size` rows now: stores the hash of each tile that its last row completed. */
    grown(size: number): void {
      for (let level = 1, leaves = TILE_WIDTH; size % leaves === 0; level += 1, leaves *= TILE_WIDTH) {
        const tile = growTree();
        for (const hash of readTile({ level: level - 1, index: size / leaves - 1, width: TILE_WIDTH })) tile.append(Buffer.from(hash));
        insert.run(level, size / leaves - 1, tile.root());
      }
    },

    /** For a log that was written before the tree was kept. */
    rebuild(): void {
      const tree = growTree();
      const nodes: [number, number, Buffer][] = [];
      for (const leaf of allHashes.iterate()) {
        tree.append(leaf, 0, ({ level, index, hash }) => {
          if (level > 0 && level % TILE_HEIGHT === 0) nodes.push([level / TILE_HEIGHT, index, hash]);
        });
      }
      for (const node of nodes) insert.run(...node);
    },
  };
}
