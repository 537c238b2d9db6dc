import { LitfassError } from '../../contract/index.ts';

/** What the file system and SQLite say when a disk cannot be used, in words for the person who has to act. */
const EXPLANATIONS: readonly { readonly codes: RegExp; readonly code: string; readonly say: (where: string) => string }[] = [
  {
    codes: /^(ENOSPC|EDQUOT|SQLITE_FULL)/,
    code: 'storage-full',
    say: (where) => `the disk that holds ${where} is full; nothing was stored. Free some space or choose another data folder`,
  },
  {
    codes: /^(EROFS|EACCES|EPERM|SQLITE_READONLY|SQLITE_CANTOPEN)/,
    code: 'storage-read-only',
    say: (where) => `${where} cannot be written. Give this user write permission there or choose another data folder`,
  },
  {
    codes: /^(EEXIST|ENOTDIR)/,
    code: 'data-folder',
    say: (where) => `${where} must be a folder, but a file is in its way. Move the file away or choose another data folder`,
  },
  {
    codes: /^(SQLITE_CORRUPT|SQLITE_NOTADB)/,
    code: 'database-corrupt',
    say: (where) => `the database in ${where} is damaged. Stop the hub, keep a copy of hub.db for examination, and put back the newest backup`,
  },
  {
    codes: /^SQLITE_(BUSY|LOCKED)/,
    code: 'data-folder-in-use',
    say: (where) => `another process already uses ${where}. Stop the other hub or choose another data folder`,
  },
  {
    codes: /^(EIO|SQLITE_IOERR)/,
    code: 'storage-failing',
    say: (where) => `the disk that holds ${where} does not read or write any more. Check the disk`,
  },
];

/**
 * Turns a failure of disk or database into a `LitfassError` that says what to do; every other error comes back as it is.
 *
 * @param where the folder that the person knows, as given by them.
 */
export function explainStorageError(error: unknown, where: string): unknown {
  if (error instanceof LitfassError || !(error instanceof Error)) return error;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return error;
  const explanation = EXPLANATIONS.find(({ codes }) => codes.test(code));
  return explanation === undefined ? error : new LitfassError(explanation.code, `${explanation.say(where)} (${error.message}).`, { cause: error });
}
