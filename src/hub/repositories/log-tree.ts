import { type LeafRange, type Subtree, type Tile, TILE_HEIGHT, TILE_WIDTH, tilesOf } from '../../impressions/index.ts';
import { bulkInsert } from './bulk-insert.ts';
import { type LogKey, storedHashes } from './impression-log.ts';
import type { HubDatabase, HubTables } from './schema.ts';

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
  await insertKept(db, kept.map(({ level, index, hash }) => ({ screen_id: log.screenId, epoch: log.epoch, level: level / TILE_HEIGHT, place: index, hash: hash.toString('hex') })));
}

const insertKept = bulkInsert((db, kept: readonly HubTables['log_tree'][]) => db.insertInto('log_tree').values(kept));

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
