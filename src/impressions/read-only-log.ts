import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { LitfassError } from '../contract/index.ts';
import { openDatabase } from './database.ts';
import type { ImpressionLog } from './impression-log.ts';
import type { WrittenLeaf } from './leaf-writer.ts';
import { createLog, type LogOptions } from './log.ts';
import { storageFault, whyNotWritable } from './storage-fault.ts';

/** In memory, where the temporary folder is: more is not to be had from a small box. */
const MOST_BYTES = 256 * 1_048_576;

/**
 * The log of a disk that was mounted read-only, as the kernel does with a card that fails. SQLite reads no WAL that it may not
 * lock, so a copy is read, which nobody else sees and nothing is written to. Whatever happens waits in memory, as on a full disk,
 * and goes into the file itself when the log is closed, if that can be written then.
 *
 * @param problem why the file cannot be opened for writing
 * @throws `problem` when there is no log to copy, or no place for the copy; and what `openDatabase` finds wrong with it
 */
export function openReadOnlyLog({ file, onRefused }: Pick<LogOptions, 'file' | 'onRefused'>, problem: unknown): ImpressionLog {
  const copy = openCopy(file, problem);
  copy.pragma('query_only = ON');
  const log = createLog(copy, file, undefined, onRefused);
  return {
    ...log,
    awaitsReopening: () => whyNotWritable(file) === null,
    close() {
      copy.close();
      // The plays that the last life left open are found in the file once more, by whoever opens it.
      const waiting = log.writer.waiting().slice(log.recovered.length);
      if (waiting.length > 0) storeIn(file, waiting);
    },
  };
}

function storeIn(file: string, leaves: readonly WrittenLeaf[]): void {
  const log = createLog(openDatabase(file), file);
  try {
    log.writer.add(leaves);
  } finally {
    log.close();
  }
}

function openCopy(file: string, problem: unknown): Database.Database {
  const parts = [file, `${file}-wal`].filter((part) => existsSync(part));
  if (!parts.includes(file) || parts.reduce((bytes, part) => bytes + statSync(part).size, 0) > MOST_BYTES) throw problem;
  let folder: string;
  try {
    folder = mkdtempSync(join(tmpdir(), 'litfass-log-'));
  } catch {
    throw problem;
  }
  const copy = join(folder, 'player.db');
  try {
    for (const part of parts) copyFileSync(part, part === file ? copy : `${copy}-wal`);
    return openDatabase(copy);
  } catch (error) {
    // What is wrong with the copy is wrong with the file.
    if (error instanceof LitfassError) throw new LitfassError(error.code, error.message.replaceAll(copy, file), { cause: error });
    throw storageFault(error, folder);
  } finally {
    // What is open stays readable without a name, and a killed player leaves nothing behind.
    rmSync(folder, { recursive: true, force: true });
  }
}
