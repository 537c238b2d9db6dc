import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Enough to see a pattern. */
const MOST_DUMPS = 10;
const MOST_BYTES = 100 * 1_048_576;

/** Where the dumps of a screen lie. */
export function crashFolder(dataDir: string): string {
  return join(dataDir, 'crashes');
}

/** Makes the folder, for its owner alone, and keeps the newest dumps in it. @returns how many were removed */
export function openCrashFolder(folder: string): number {
  try {
    return tidy(folder);
  } catch {
    // A disk that takes nothing, of which others tell, takes no dump either; the page is shown all the same.
    return 0;
  }
}

function tidy(folder: string): number {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const dumps = dumpsIn(folder);
  let bytes = 0;
  const old = dumps.filter((dump, index) => {
    bytes += dump.bytes;
    return index >= MOST_DUMPS || bytes > MOST_BYTES;
  });
  for (const { file } of old) {
    rmSync(file, { force: true });
    // What the crash reporter notes beside each.
    rmSync(file.replace(/\.dmp$/, '.meta'), { force: true });
  }
  return old.length;
}

/** The newest first. */
export function dumpsIn(folder: string): { readonly file: string; readonly bytes: number; readonly writtenMs: number }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.dmp'))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      // The crash reporter, which runs beside us, may have moved or removed it in this moment.
      const found = statSync(file, { throwIfNoEntry: false });
      return found === undefined ? [] : [{ file, bytes: found.size, writtenMs: found.mtimeMs }];
    })
    .toSorted((a, b) => b.writtenMs - a.writtenMs);
}
