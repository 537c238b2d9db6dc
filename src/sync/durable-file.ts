import { constants } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { storageFault } from '../impressions/index.ts';

/**
 * Replaces a file so that after a power cut it holds either the old text or the new: written aside, synced, renamed, and the
 * folder synced. Readable by this user alone.
 *
 * @throws LitfassError `data-folder-full`, `data-folder-read-only`, `data-folder-failing`
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  const aside = `${path}.new`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(aside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameDurably(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw storageFault(error, path);
  }
}

/** Renames within a folder, and syncs the folder: without that a power cut may bring the old name back. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  const folder = await open(dirname(to), constants.O_RDONLY);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
