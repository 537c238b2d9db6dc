import { constants, existsSync, fsyncSync, openSync, closeSync } from 'node:fs';
import { copyFile, chmod, link, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AppUpdater } from 'electron-updater';

/** How the program of this package is exchanged for another version of itself. */
export interface Installation {
  /**
   * Puts what was loaded in the place of this program, ends it, and has it come back.
   *
   * @throws when it cannot be done; this program is then still in its place, whole
   */
  install(loaded: string): Promise<void>;
  /** The version before takes its place again, if it is still on this disk. @returns whether it was */
  takeBack(): Promise<boolean>;
  /** This version stays: what was kept for going back is not needed any more. */
  settle(): Promise<void>;
}

/**
 * An AppImage is one file, and there is a whole one under its name at every moment: the new one is written beside it and takes
 * its name in one step. electron-updater removes the old file first, and where the disk is full then, nothing is left to
 * start. The name stays, whatever the release is called: whoever starts it at boot knows it by that name.
 *
 * @param file `APPIMAGE` of the environment
 * @param restart ends this program so that the file is started again
 */
export function openAppImage(file: string, restart: () => void): Installation {
  const next = `${file}.next`;
  const before = `${file}.before`;
  return {
    async install(loaded) {
      try {
        await copyFile(loaded, next, constants.COPYFILE_FICLONE);
        await chmod(next, 0o755);
        await keepOnDisk(next);
        await rm(before, { force: true });
        await keepSecondName(file, before);
        await rename(next, file);
      } catch (error) {
        await rm(next, { force: true });
        throw error;
      }
      syncFolder(dirname(file));
      restart();
    },
    async takeBack() {
      if (!existsSync(before)) return false;
      await rename(before, file);
      syncFolder(dirname(file));
      restart();
      return true;
    },
    settle: () => rm(before, { force: true }),
  };
}

/** The installers of Windows and macOS: they end this program and start the new one themselves. */
export function byInstaller(updater: Pick<AppUpdater, 'quitAndInstall'>): Installation {
  return {
    install() {
      updater.quitAndInstall(true, true);
      return Promise.resolve();
    },
    takeBack: () => Promise.resolve(false),
    settle: () => Promise.resolve(),
  };
}

async function keepOnDisk(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Costs no space. A file system without second names (FAT) keeps nothing: then the way back leads over the feed. */
async function keepSecondName(file: string, name: string): Promise<void> {
  try {
    await link(file, name);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
