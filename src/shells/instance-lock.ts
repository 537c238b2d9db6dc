import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LitfassError } from '../contract/index.ts';

/** A disk that is full, read-only or not this user's to write; or the note is not there. */
const REFUSES = new Set(['ENOENT', 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']);

export interface InstanceLock {
  /** Whoever drops the lock without it leaves it to chance when it opens. */
  release(): void;
}

/**
 * One player a data folder: two would write one log. The lock is the operating system's own, on an empty file, and goes with the
 * process that holds it, however that ends: a power cut leaves none behind, and the number of a dead process, which any other
 * program may have after a boot, holds nobody out. SQLite takes it, in the same way on Linux, macOS and Windows.
 *
 * A disk that takes no lock keeps no screen dark: the log of each screen has a lock of its own. Only the words are worse when
 * that one refuses a second player, and what else is wrong with the disk is said by whoever needs it.
 *
 * @throws LitfassError `already-running`
 */
export function lockInstance(dataDir: string): InstanceLock {
  const note = join(dataDir, 'player.lock');
  if (!tryDisk(() => mkdirSync(dataDir, { recursive: true }))) return { release: () => undefined };
  const held = hold(join(dataDir, 'player.held'));
  if (held === 'by-another') throw new LitfassError('already-running', `another player${processIn(note)} runs on ${dataDir} already; stop it first, or give this one another --data folder.`);
  if (held === 'by-nobody') return { release: () => undefined };
  // For people alone.
  tryDisk(() => writeFileSync(note, String(process.pid), { mode: 0o600 }));
  return {
    release() {
      // Not `rmSync`, whose error on a read-only disk has no code (Node 24).
      tryDisk(() => unlinkSync(note));
      // The file stays: taken away, it could be locked by one who has opened it already while another one makes it anew.
      held.close();
    },
  };
}

/** Nothing is ever written into the file, so there is no need for space, nor for a journal. */
function hold(file: string): Database.Database | 'by-another' | 'by-nobody' {
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database?.close();
    if (!(error instanceof Database.SqliteError)) throw error;
    return error.code === 'SQLITE_BUSY' ? 'by-another' : 'by-nobody';
  }
}

/** Empty where the other one had no room for its note, has just begun, or has just gone. */
function processIn(note: string): string {
  let text = '';
  tryDisk(() => (text = readFileSync(note, 'utf8')));
  const pid = /^\d+/.exec(text)?.[0];
  return pid === undefined ? '' : ` (process ${pid})`;
}

/** @returns whether the disk let it, and what it is about is there */
function tryDisk(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (!REFUSES.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return false;
  }
}
