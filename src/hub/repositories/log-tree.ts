import { type LeafRange, type Subtree, type Tile, TILE_HEIGHT, TILE_WIDTH, tilesOf } from '../../impressions/index.ts';
import { type LogKey, storedHashes } from './impression-log.ts';
import type { HubDatabase } from './schema.ts';

const ROWS_AT_ONCE = 1_000;

/** The tiles that some hashes are made from, read before they are needed. */
export type ReadTiles = (tile: Tile) => readonly Buffer[];

export async function readTiles(db: HubDatabase, log: LogKey, ranges: readonly LeafRange[]): Promise<ReadTiles> {
  const read = new Map<string, Buffer[]>();
  for (const tile of tilesOf(ranges)) read.set(`${String(tile.level)}/${String(tile.index)}`, await readTile(db, log, tile));
  return ({ level, index }) => read.get(`${String(level)}/${String(index)}`) ?? [];
}

/** Keeps what a tile of the next level is made of; other subtrees are computed again when they are asked for. */
export async function insertSubtrees(db: HubDatabase, log: LogKey, subtrees: readonly Subtree[]): Promise<void> {
  const kept = subtrees.filter(({ level }) => level > 0 && level % TILE_HEIGHT === 0);
  if (kept.length === 0) return;
  // A long log that gets its tree now brings thousands; a statement takes only so many values.
  for (let from = 0; from < kept.length; from += ROWS_AT_ONCE) await insertKept(db, log, kept.slice(from, from + ROWS_AT_ONCE));
}

async function insertKept(db: HubDatabase, log: LogKey, kept: readonly Subtree[]): Promise<void> {
  await db
    .insertInto('log_tree')
    .values(kept.map(({ level, index, hash }) => ({ screen_id: log.screenId, epoch: log.epoch, level: level / TILE_HEIGHT, place: index, hash: hash.toString('hex') })))
    .execute();
}

async function readTile(db: HubDatabase, log: LogKey, { level, index, width }: Tile): Promise<Buffer[]> {
  const begin = index * TILE_WIDTH;
  return (level === 0 ? await storedHashes(db, log, begin, begin + width) : await storedSubtrees(db, log, level, begin, width)).map((hash) => Buffer.from(hash, 'hex'));
}

async function storedSubtrees(db: HubDatabase, log: LogKey, level: number, begin: number, count: number): Promise<string[]> {
  const rows = await db
    .selectFrom('log_tree')
    .select('hash')
    .where('screen_id', '=', log.screenId)
    .where('epoch', '=', log.epoch)
    .where('level', '=', level)
    .where('place', '>=', begin)
    .where('place', '<', begin + count)
    .orderBy('place')
    .execute();
  return rows.map(({ hash }) => hash);
}
