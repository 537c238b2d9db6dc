import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = /^litfass-browser-(\d+)-/;

/** A new, empty profile folder, named after this process. Each start begins with nothing to restore, to migrate or to ask. */
export async function newProfile(): Promise<string> {
  await sweepProfiles();
  return mkdtemp(join(tmpdir(), `litfass-browser-${process.pid}-`));
}

/** A process that was killed leaves its profile behind; over the years that would fill a disk. */
async function sweepProfiles(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = NAME.exec(name)?.[1];
    // Somebody else's stays: it is theirs to remove, and no reason to have no browser.
    if (pid !== undefined && !isRunning(Number(pid))) await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
