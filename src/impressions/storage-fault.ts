import { closeSync, openSync } from 'node:fs';
import { LitfassError } from '../contract/index.ts';

/** What an operating system or SQLite code means for the person who has to act. */
const MEANINGS: readonly { readonly code: string; readonly when: RegExp; readonly say: (path: string) => string }[] = [
  {
    code: 'data-folder-full',
    when: /^(SQLITE_FULL|ENOSPC|EDQUOT)$/,
    say: (path) => `No space is left to write ${path}. Free space on that disk, or move the data folder to a larger one.`,
  },
  {
    code: 'data-folder-read-only',
    when: /^(SQLITE_READONLY.*|SQLITE_CANTOPEN.*|SQLITE_PERM|EROFS|EACCES|EPERM)$/,
    say: (path) => `${path} cannot be opened for writing. Give this user write permission on its folder; if the disk was mounted read-only after an error, check it and mount it read-write.`,
  },
  {
    code: 'log-corrupt',
    when: /^(SQLITE_CORRUPT.*|SQLITE_NOTADB)$/,
    say: (path) => `${path} is damaged or is no Litfass log. It was left as it is, because it is evidence: move it to a safe place, then start again with a new log.`,
  },
  {
    code: 'log-in-use',
    when: /^(SQLITE_BUSY.*|SQLITE_LOCKED.*)$/,
    say: (path) => `${path} is in use by another process. Stop the other player, or give this one its own data folder.`,
  },
  {
    code: 'data-folder-failing',
    when: /^(SQLITE_IOERR.*|SQLITE_PROTOCOL|EIO|ENXIO)$/,
    say: (path) => `The disk that holds ${path} fails to read or write. Check its cable and health, and replace it soon.`,
  },
];

/**
 * The error of a failed read or write as something a person can act on. `path` is the file or folder that was touched. An
 * error that is no storage error, or already says what to do, comes back as it is.
 */
export function storageFault(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof LitfassError) return error;
  const code = (error as Error & { code?: unknown }).code;
  if (typeof code !== 'string') return error;
  const meaning = MEANINGS.find(({ when }) => when.test(code));
  return meaning ? new LitfassError(meaning.code, `${meaning.say(path)} (${code}: ${error.message})`, { cause: error }) : error;
}

/** What a full, read-only or failing disk answers; what it holds can still be read. */
export function isRefusal(error: unknown): error is LitfassError {
  return error instanceof LitfassError && error.code.startsWith('data-folder-');
}

/** What the system says to opening an existing file for writing; `null`: it can be written. */
export function whyNotWritable(file: string): unknown {
  try {
    closeSync(openSync(file, 'r+'));
    return null;
  } catch (refusal) {
    return refusal;
  }
}
