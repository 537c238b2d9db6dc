import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { LitfassError } from '../contract/index.ts';
import { leafTable } from './leaf-table.ts';
import { settingTable } from './settings.ts';
import { isRefusal, storageFault, whyNotWritable } from './storage-fault.ts';

/** 'LTFS' in the header of the file: says that the database is ours. */
const APPLICATION_ID = 0x4c544653;
const SCHEMA_VERSION = 2;
/** Before the tree was kept. */
const WITHOUT_TREE = 1;

/** 3.7.0 to 3.51.2 can damage a WAL database (the WAL-reset bug). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/** How long to wait for a player that is just stopping. */
const LOCK_WAIT_MS = 1_000;

/** The whole log of a year would hold up the first picture by seconds; each older row is checked when it is read. */
const ROWS_CHECKED = 500;

const FULL = 2;

// No secondary index: an index costs about 4.5 kB written for each play, and everything is read by `seq`.
const SCHEMA = `
  CREATE TABLE leaf (
    seq INTEGER PRIMARY KEY,
    leaf TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
  ) STRICT;
  CREATE TABLE open_play (only INTEGER PRIMARY KEY CHECK (only = 1), play TEXT NOT NULL) STRICT;
  CREATE TABLE setting (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

// Every eighth level of the tree, 32 bytes for each 256 leaves; what lies between is computed from them when it is asked for.
const TREE_SCHEMA = `
  CREATE TABLE tree (level INTEGER NOT NULL, place INTEGER NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32), PRIMARY KEY (level, place)) STRICT, WITHOUT ROWID;
`;

export type RefusalListener = (problem: LitfassError) => void;

/**
 * Opens or creates the player's database with the guarantees that evidence needs: WAL, every commit synced
 * (`synchronous=FULL`), one process at a time. The lock is the operating system's own, so a killed player leaves none behind.
 *
 * @param onRefused hears that the disk takes nothing at present; a log that is there already is opened all the same, and needs no
 *   write for that. Without it, this is thrown as well
 * @throws LitfassError `data-folder-full`, `data-folder-read-only`, `data-folder-failing`, `log-in-use`, `log-corrupt`,
 *   `log-foreign`, `log-other-version`, `sqlite-too-old` or `log-not-durable`. Whatever is wrong with the file, it is left as it is.
 */
export function openDatabase(file: string, onRefused?: RefusalListener): Database.Database {
  let database: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    database = new Database(file, { timeout: LOCK_WAIT_MS });
    // Before anything is read: so the index of the WAL is in memory, and a full disk need not have room for one.
    database.pragma('locking_mode = EXCLUSIVE');
    requireSafeSqlite(database);
    const version = requireOurs(database, file);
    if (version !== null) requireNewestRows(database, file);
    database.pragma('journal_mode = WAL');
    // Said aloud on every open: this build falls back to NORMAL once a WAL file was written.
    database.pragma('synchronous = FULL');
    // On macOS a plain fsync stops at the drive's cache.
    database.pragma('fullfsync = ON');
    writeIfTaken(database, version, file, onRefused);
    requireDurable(database, file);
    return database;
  } catch (error) {
    database?.close();
    throw storageFault(causeOf(error, file), file);
  }
}

/** Of a file that it may not write SQLite says only that it could not be locked; the system says why. */
function causeOf(error: unknown, file: string): unknown {
  if ((error as { code?: unknown }).code !== 'SQLITE_IOERR_LOCK') return error;
  return whyNotWritable(file) ?? error;
}

function requireSafeSqlite(database: Database.Database): void {
  const version = database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '0';
  const parts = version.split('.').map(Number);
  const differing = OLDEST_SQLITE.findIndex((part, index) => parts[index] !== part);
  if (differing >= 0 && (parts[differing] ?? 0) < (OLDEST_SQLITE[differing] ?? 0)) {
    throw new LitfassError('sqlite-too-old', `SQLite ${version} can damage a log; ${OLDEST_SQLITE.join('.')} or newer is needed. Install the version of better-sqlite3 that package.json names.`);
  }
}

/** The version of the file, or `null` when it is still empty. Refuses somebody else's database before anything is written to it. */
function requireOurs(database: Database.Database, file: string): number | null {
  const id = database.pragma('application_id', { simple: true });
  const version = database.pragma('user_version', { simple: true });
  if (id === APPLICATION_ID) {
    if (version !== SCHEMA_VERSION && version !== WITHOUT_TREE) {
      throw new LitfassError('log-other-version', `${file} was written by another version of Litfass (its format is ${String(version)}, this one reads ${SCHEMA_VERSION}). Start that version, or use another data folder.`);
    }
    return version;
  }
  const tables = database.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (id !== 0 || tables !== 0) {
    throw new LitfassError('log-foreign', `${file} is a database of another program (application id ${String(id)}). It was left as it is; use another data folder.`);
  }
  return null;
}

/** The rows that were on their way to the disk when the player last died are the newest: read before anything is written. */
function requireNewestRows(database: Database.Database, file: string): void {
  const leaves = leafTable(database, file);
  const prunedBelow = settingTable(database, file).get('prunedBelow') ?? 0;
  leaves.rows(Math.max(0, leaves.size() - ROWS_CHECKED), ROWS_CHECKED, prunedBelow);
}

/** Without its tables there is no log; one that has them only waits until the disk takes something again. */
function writeIfTaken(database: Database.Database, version: number | null, file: string, onRefused: RefusalListener | undefined): void {
  try {
    firstWrite(database, version);
  } catch (error) {
    const fault = storageFault(error, file);
    if (version !== SCHEMA_VERSION || onRefused === undefined || !isRefusal(fault)) throw error;
    onRefused(fault);
  }
}

/** Also an existing file is written to, with the value it has: only after a write does SQLite show the true durability. */
function firstWrite(database: Database.Database, version: number | null): void {
  database.transaction(() => {
    if (version === null) {
      database.exec(SCHEMA);
      database.pragma(`application_id = ${APPLICATION_ID}`);
    }
    if (version !== SCHEMA_VERSION) database.exec(TREE_SCHEMA);
    database.pragma(`user_version = ${SCHEMA_VERSION}`);
  }).immediate();
}

function requireDurable(database: Database.Database, file: string): void {
  const journal = database.pragma('journal_mode', { simple: true });
  const synchronous = database.pragma('synchronous', { simple: true });
  if (journal !== 'wal' || synchronous !== FULL) {
    throw new LitfassError('log-not-durable', `${file} cannot be written durably here (journal mode ${String(journal)}, synchronous ${String(synchronous)}). Put the data folder on a local disk.`);
  }
}
