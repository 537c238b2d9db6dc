import type Database from 'better-sqlite3';
import { LitfassError, type LogRow } from '../contract/index.ts';
import { leafHash, leafHashHex } from './tree/index.ts';

/** What stands in place of a leaf that was given up under the retention policy (docs/retention.md). Its hash stays. */
export const PRUNED = '';

/** Where a leaf stands: rows count from 0 without gaps; the hash is lower-case hexadecimal. */
export interface LogEntry {
  readonly seq: number;
  readonly hash: string;
}

interface StoredRow {
  readonly seq: number;
  readonly leaf: string;
  readonly hash: Buffer;
}

/** The rows of the log: only ever appended, and checked whenever they are read. `file` is for messages. */
export function leafTable(database: Database.Database, file: string) {
  const insert = database.prepare<[number, string, string]>('INSERT INTO leaf (seq, leaf, hash) VALUES (?, ?, unhex(?))');
  const next = database.prepare<[], number>('SELECT coalesce(max(seq) + 1, 0) FROM leaf').pluck();
  const range = database.prepare<[number, number], StoredRow>('SELECT seq, leaf, hash FROM leaf WHERE seq >= ? ORDER BY seq LIMIT ?');
  const empty = database.prepare<[number, number, number]>('UPDATE leaf SET leaf = \'\' WHERE seq >= ? AND seq < ? AND seq <> ?');
  const countOfType = database.prepare<[string], number>(`SELECT count(*) FROM leaf WHERE leaf <> '' AND leaf ->> '$.type' = ?`).pluck();

  /** Nobody else writes to this file, so its size needs no question at each append; `null`: ask. */
  let known: number | null = null;
  const size = (): number => (known ??= next.get() ?? 0);

  return {
    size,

    /** Belongs inside a transaction. When that is taken back, say so with `takenBack`. */
    append(text: string): LogEntry {
      const seq = size();
      const hash = leafHashHex(text);
      insert.run(seq, text, hash);
      known = seq + 1;
      return { seq, hash };
    },

    takenBack(): void {
      known = null;
    },

    /** At most `limit` rows; one below `prunedBelow` may be `PRUNED`. */
    rows(from: number, limit: number, prunedBelow = 0): LogRow[] {
      return range.all(from, limit).map((row, index) => {
        // A row that no longer is what was hashed must not leave as evidence.
        const given = row.leaf === PRUNED && row.seq < prunedBelow;
        if (row.seq !== from + index || !(given || leafHash(row.leaf).equals(row.hash))) {
          throw new LitfassError('log-corrupt', `Row ${from + index} of ${file} is missing or was changed after it was written. The file was left as it is, because it is evidence: move it to a safe place, then start again with a new log.`);
        }
        return { seq: row.seq, leaf: row.leaf, hash: row.hash.toString('hex') };
      });
    },

    /** Gives up the leaves of rows `from` to `to` − 1, but not that of row `keep`. */
    prune: (from: number, to: number, keep: number): void => void empty.run(from, to, keep),

    count: (type: string): number => countOfType.get(type) ?? 0,
  };
}
