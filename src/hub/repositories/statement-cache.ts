import type Database from 'better-sqlite3';
import type { SqliteDatabase } from 'kysely';

/** More than the hub has different queries; a search can be put in many ways. */
const MOST_KEPT = 200;

/**
 * The connection as Kysely takes it, with statements kept: Kysely prepares each query anew, which for a wide insert takes longer
 * than to run it. The one that was not used for the longest time goes first.
 */
export function keepingStatements(sqlite: Database.Database): SqliteDatabase {
  const kept = new Map<string, Database.Statement>();
  return {
    prepare(sql) {
      const statement = kept.get(sql) ?? sqlite.prepare(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
      return statement;
    },
    close: () => void sqlite.close(),
  };
}
