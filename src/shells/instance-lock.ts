import { mkdirSync, openSync, closeSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LitfassError } from '../contract/index.ts';

/** A lock that is being written at this moment holds nothing yet. */
const TRIES = 3;

export interface InstanceLock {
  release(): void;
}

/**
 * One player a data folder: two would write one log. The lock is a file with the number of the process that holds it and,
 * where the system tells, when that process began; so the lock of a killed one does not count, not even when its number was
 * given to another process.
 *
 * @throws LitfassError `already-running`
 */
export function lockInstance(dataDir: string): InstanceLock {
  mkdirSync(dataDir, { recursive: true });
  const file = join(dataDir, 'player.lock');
  for (let tries = 1; ; tries += 1) {
    if (create(file)) return { release: () => rmSync(file, { force: true }) };
    const holder = readFileSync(file, { encoding: 'utf8', flag: 'a+' });
    if (isAlive(holder)) throw new LitfassError('already-running', `another player (process ${holder.split(' ')[0] ?? '?'}) runs on ${dataDir} already; stop it first, or give this one another --data folder.`);
    if (tries === TRIES) throw new LitfassError('already-running', `${file} is made anew again and again: several players start on ${dataDir} at once. Start only one.`);
    rmSync(file, { force: true });
  }
}

function create(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(descriptor, `${process.pid} ${beganAt(process.pid) ?? ''}`);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
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
