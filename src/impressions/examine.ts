import Database from 'better-sqlite3';
import { canonicalJson, leafSchema, recordedPlaySchema } from '../contract/index.ts';
import type { Verdict } from './bundle/index.ts';
import { PRUNED } from './leaf-table.ts';
import { parseCheckpoint, parseNote, verifyNote, type VerifierKey } from './note/index.ts';
import { openPlayTable } from './open-play.ts';
import { settingTable } from './settings.ts';
import { growTree, leafHash, TILE_HEIGHT } from './tree/index.ts';

/**
 * Reads a whole `player.db`, which nobody else has open, and says everything that is wrong with it, each with its place. Nothing
 * is changed.
 *
 * @param keys of the screen and its hub's witness: with them its signed checkpoints are verified too
 */
export function examineLog(file: string, keys: readonly VerifierKey[]): Verdict {
  const failures: string[] = [];
  const attempt = (where: string, check: () => void): void => {
    try {
      check();
    } catch (error) {
      failures.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  let database: Database.Database | undefined;
  let rows = 0;
  attempt(file, () => {
    database = new Database(file, { readonly: true, fileMustExist: true });
    const found = database.prepare<[], string>('PRAGMA integrity_check(5)').pluck().all();
    if (found.join() !== 'ok') failures.push(...found.map((line) => `the database: ${line}`));
    rows = examineRows(database, file, keys, failures, attempt);
  });
  database?.close();
  return {
    failures,
    proven: [`${rows} rows are those that were hashed, in order and without a gap`],
    notProven: keys.length > 0 ? [] : ["that the screen signed them: give its key with --key, and its hub's with --key too"],
  };
}

function examineRows(database: Database.Database, file: string, keys: readonly VerifierKey[], failures: string[], attempt: (where: string, check: () => void) => void): number {
  const settings = settingTable(database, file);
  const prunedBelow = settings.get('prunedBelow') ?? 0;
  const tree = growTree();
  const roots = new Map<number, Buffer>([[0, tree.root()]]);
  const wanted = (['signed', 'cosigned'] as const).flatMap((name) => settings.get(name)?.size ?? []);
  const subtrees: string[] = [];
  for (const row of database.prepare<[], { seq: number; leaf: string; hash: Buffer }>('SELECT seq, leaf, hash FROM leaf ORDER BY seq').iterate()) {
    const place = tree.size();
    if (row.seq !== place) failures.push(`row ${place}: row ${row.seq} stands in its place`);
    if (!(row.leaf === PRUNED && row.seq < prunedBelow)) attempt(`row ${place}`, () => requireLeaf(row.leaf, row.hash));
    tree.append(row.hash, 0, ({ level, index, hash }) => {
      if (level > 0 && level % TILE_HEIGHT === 0) subtrees.push(`${level / TILE_HEIGHT}/${index}/${hash.toString('hex')}`);
    });
    if (wanted.includes(tree.size())) roots.set(tree.size(), tree.root());
  }
  const stored = database.prepare<[], string>(`SELECT level || '/' || place || '/' || lower(hex(hash)) FROM tree`).pluck().all();
  if (stored.sort().join() !== subtrees.sort().join()) failures.push('the tree: its stored hashes are not those of the rows');

  for (const name of ['signed', 'cosigned'] as const) {
    attempt(`the ${name} checkpoint`, () => {
      const setting = settings.get(name);
      if (setting === null) return;
      const signed = parseNote(setting.note);
      const { size, root } = parseCheckpoint(signed.text);
      if (size !== setting.size || roots.get(size)?.equals(root) !== true) throw new Error(`it is not over the first ${setting.size} rows of this log`);
      const unknown = signed.signatures.find((signature) => !keys.some((key) => key.name === signature.name));
      if (keys.length > 0 && (unknown !== undefined || verifyNote(signed, keys).length !== signed.signatures.length)) throw new Error(`${unknown?.name ?? 'a signer'} is not among the given keys`);
    });
  }
  attempt('the open plays', () => {
    for (const open of openPlayTable(database).read()) if (canonicalJson(recordedPlaySchema.parse(JSON.parse(open))) !== open) throw new Error('one is not in canonical form');
  });
  return tree.size();
}

function requireLeaf(text: string, hash: Buffer): void {
  if (!leafHash(text).equals(hash)) throw new Error('it was changed after it was written');
  leafSchema.parse(JSON.parse(text));
}
