import { mkdirSync, openSync, closeSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LitfassError } from '../contract/index.ts';

/** A lock that is being written at this moment holds nothing yet. */
const TRIES = 3;

/** A disk that is full, read-only or not this user's to write. */
const REFUSES = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'EIO']);

export interface InstanceLock {
  release(): void;
}

/**
 * One player a data folder: two would write one log. The lock is a file with the number of the process that holds it and,
 * where the system tells, when that process began; so the lock of a killed one does not count, not even when its number was
 * given to another process.
 *
 * A disk that takes no lock keeps no screen dark: the log of each screen has a lock of the system's own, which needs no space.
 * Only the words are worse when that one refuses a second player, and what else is wrong with the disk is said by whoever needs it.
 *
 * @throws LitfassError `already-running`
 */
export function lockInstance(dataDir: string): InstanceLock {
  const file = join(dataDir, 'player.lock');
  try {
    mkdirSync(dataDir, { recursive: true });
    takeLock(file, dataDir);
  } catch (error) {
    if (!REFUSES.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return { release: () => undefined };
  }
  return { release: () => removeIfPossible(file) };
}

function takeLock(file: string, dataDir: string): void {
  for (let tries = 1; ; tries += 1) {
    if (create(file)) return;
    const holder = read(file);
    if (isAlive(holder)) throw new LitfassError('already-running', `another player (process ${holder.split(' ')[0] ?? '?'}) runs on ${dataDir} already; stop it first, or give this one another --data folder.`);
    if (tries === TRIES) throw new LitfassError('already-running', `${file} is made anew again and again: several players start on ${dataDir} at once. Start only one.`);
    remove(file);
  }
}

function create(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    try {
      writeSync(descriptor, `${process.pid} ${beganAt(process.pid) ?? ''}`);
    } catch (error) {
      removeIfPossible(file);
      throw error;
    } finally {
      closeSync(descriptor);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Empty when it was released in this moment. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Not `rmSync`, whose error on a read-only disk has no code (Node 24). */
function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** What stays behind is the lock of a dead process, which does not count. */
function removeIfPossible(file: string): void {
  try {
    remove(file);
  } catch (error) {
    if (!REFUSES.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function isAlive(holder: string): boolean {
  const [pid = '', began = ''] = holder.split(' ');
  if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return Number(pid) === process.pid && began === (beganAt(process.pid) ?? '');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return began === '' || began === beganAt(Number(pid));
}

/** Ticks since the machine booted (proc_pid_stat(5), field 22); `null` where there is no such file. */
function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}
