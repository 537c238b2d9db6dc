import { execFileSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';

/** What a program is started with that is to see a small disk at the folder named next; only it and its children see the mount. */
export function onSmallDisk(megabytes: number): readonly [string, ...string[]] {
  return ['unshare', '-rm', 'sh', '-c', `mount -t tmpfs -o size=${megabytes}m tmpfs "$1" && shift && exec "$@"`, 'sh'];
}

/** What a program is started with that is to see the small disk of process `pid`. */
export function besideOnSmallDisk(pid: number): readonly [string, ...string[]] {
  return ['nsenter', `--target=${pid}`, '--user', '--mount', '--preserve-credentials', '--'];
}

/** Needs no rights where the system has user namespaces. */
export function canMountSmallDisk(): boolean {
  const [unshare, ...said] = onSmallDisk(1);
  try {
    execFileSync(unshare, [...said, '/mnt', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes until the disk takes no more. */
export function fillDisk(file: string): void {
  const descriptor = openSync(file, 'w');
  try {
    for (const block of [Buffer.alloc(65_536), Buffer.alloc(512)]) writeUntilRefused(descriptor, block);
  } finally {
    closeSync(descriptor);
  }
}

function writeUntilRefused(descriptor: number, block: Buffer): void {
  try {
    for (;;) writeSync(descriptor, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
