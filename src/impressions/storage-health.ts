import { constants } from 'node:fs';
import { open, readdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorageHealth } from '../contract/index.ts';

const CANARY_BYTES = 4_096;
const SYSFS = '/sys';

/**
 * How the disk under a folder does: 4 kB are written, synced and read back, timed. An SD card has no register of its health; one
 * that dies takes seconds for this long before it refuses. Never throws: a disk that cannot be used is the answer.
 *
 * @param folder the data folder
 * @param nowMs monotonic clock, ms
 * @param sysfs where the kernel tells of its file systems
 */
export async function probeStorage(folder: string, nowMs: () => number, sysfs = SYSFS): Promise<StorageHealth> {
  const [freeBytes, ext4Errors] = [await freeBytesOf(folder), await ext4ErrorsOf(folder, sysfs)];
  try {
    const began = nowMs();
    await writeAndReadBack(join(folder, 'storage.canary'));
    return { state: 'ok', syncMs: Math.round(nowMs() - began), freeBytes, ext4Errors };
  } catch (error) {
    return { state: stateOf((error as NodeJS.ErrnoException).code), syncMs: null, freeBytes, ext4Errors };
  }
}

/** One needs space, one a mount, the third a new card. */
function stateOf(code: string | undefined): StorageHealth['state'] {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  return code === 'EROFS' || code === 'EACCES' || code === 'EPERM' ? 'read-only' : 'failing';
}

async function writeAndReadBack(path: string): Promise<void> {
  // A different pattern each time, so that an old copy is not taken for the new one.
  const written = Buffer.alloc(CANARY_BYTES, String(process.hrtime.bigint()));
  try {
    const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC, 0o600);
    try {
      await file.writeFile(written);
      await file.sync();
      const read = Buffer.alloc(CANARY_BYTES);
      await file.read(read, 0, CANARY_BYTES, 0);
      if (!read.equals(written)) throw Object.assign(new Error(`${path} does not hold what was written to it`), { code: 'EIO' });
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true }).catch(() => undefined);
  }
}

async function freeBytesOf(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    // Not every system tells.
    return null;
  }
}

/** The file system's own count of errors, which survives a reboot. The device is found by its number. */
async function ext4ErrorsOf(folder: string, sysfs: string): Promise<number | null> {
  try {
    const { dev } = await stat(folder);
    const number = `${(dev >> 8) & 0xfff}:${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
    const ext4 = join(sysfs, 'fs', 'ext4');
    for (const device of await readdir(ext4)) {
      const block = await readFile(join(sysfs, 'class', 'block', device, 'dev'), 'utf8').catch(() => '');
      if (block.trim() === number) return Number(await readFile(join(ext4, device, 'errors_count'), 'utf8'));
    }
  } catch {
    // No ext4 here, or it does not tell.
  }
  return null;
}
