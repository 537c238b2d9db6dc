import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';

/** Enough to see a pattern. A dump may hold what was in memory, so none is sent anywhere. */
const MOST_DUMPS = 10;
const MOST_BYTES = 100 * 1_048_576;

/** Has crashes written down on this machine alone, and keeps the newest of them. Must run before Electron is ready. */
export function keepCrashDumps({ app, crashReporter }: Pick<typeof Electron, 'app' | 'crashReporter'>, folder: string, say: (line: string) => void): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath('crashDumps', folder);
  crashReporter.start({ uploadToServer: false });
  const removed = pruneDumps(folder);
  if (removed > 0) say(`${removed} old crash dumps were removed from ${folder}`);
}

/** @returns how many were removed */
export function pruneDumps(folder: string): number {
  let bytes = 0;
  const old = dumpsIn(folder).filter((dump, index) => {
    bytes += dump.bytes;
    return index >= MOST_DUMPS || bytes > MOST_BYTES;
  });
  for (const { file } of old) rmSync(file, { force: true });
  return old.length;
}

/** The newest first. */
function dumpsIn(folder: string): { readonly file: string; readonly bytes: number; readonly writtenMs: number }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.dmp'))
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = statSync(file);
      return { file, bytes: size, writtenMs: mtimeMs };
    })
    .toSorted((a, b) => b.writtenMs - a.writtenMs);
}
