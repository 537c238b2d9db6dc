import { open } from 'node:fs/promises';

/** A renamed file is only durable when its folder is: synchronises the folder's entries. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
