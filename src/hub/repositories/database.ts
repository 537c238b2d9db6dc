import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { LitfassError } from '../../contract/index.ts';
import { ForgivingRollbackDialect } from './forgiving-rollback.ts';
import { migrations } from './migrations.ts';
import type { HubDatabase, HubTables } from './schema.ts';
import { keepingStatements } from './statement-cache.ts';
import { explainStorageError } from './storage-error.ts';

const SYNCHRONOUS_FULL = 2;

/**
 * Opens `hub.db` in the data folder and brings its tables up to date. One connection, and no other process beside it: two
 * writers are how a WAL database gets hurt. A row is on the disk before the screen hears that it may forget it, so every
 * commit is synchronised (`synchronous = FULL`).
 *
 * @throws LitfassError `storage-full`, `storage-read-only`, `database-corrupt`, `data-folder-in-use`, `database-unsafe`
 */
export async function openDatabase(dataDir: string): Promise<HubDatabase> {
  try {
    const sqlite = new Database(join(dataDir, 'hub.db'), { timeout: 500 });
    try {
      sqlite.pragma('locking_mode = EXCLUSIVE');
      sqlite.pragma('journal_mode = WAL');
      sqlite.pragma('synchronous = FULL');
      sqlite.pragma('foreign_keys = ON');
      const db = new Kysely<HubTables>({ dialect: new ForgivingRollbackDialect({ database: keepingStatements(sqlite) }) });
      await migrate(db);
      assertDurable(sqlite);
      return db;
    } catch (error) {
      sqlite.close();
      throw error;
    }
  } catch (error) {
    throw explainStorageError(error, dataDir);
  }
}

async function migrate(db: HubDatabase): Promise<void> {
  const { error, results } = await new Migrator({ db, provider: migrations }).migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
  if (error instanceof Error && failed === undefined) throw error;
  throw new LitfassError('database-migration', `the database could not be brought up to date at step "${failed ?? 'start'}". Put back the newest backup and use the version of Litfass that wrote it.`, { cause: error });
}

/** Asked after the first write: a fresh WAL file may report FULL and then fall back to the default it was built with. */
function assertDurable(sqlite: Database.Database): void {
  sqlite.exec('create temp table if not exists durable (x); insert into durable values (1); drop table durable');
  const mode = sqlite.pragma('synchronous', { simple: true });
  if (mode !== SYNCHRONOUS_FULL) throw new LitfassError('database-unsafe', `SQLite reports synchronous = ${String(mode)} instead of 2 (FULL): a power cut could lose impressions that were acknowledged. Use the better-sqlite3 that Litfass ships with.`);
}

/** Runs `work` in one transaction: all of it is on the disk when the promise resolves, or nothing is. */
export function inTransaction<T>(db: HubDatabase, work: (transaction: HubDatabase) => Promise<T>): Promise<T> {
  return db.transaction().execute(work);
}
