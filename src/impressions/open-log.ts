import { openDatabase } from './database.ts';
import type { ImpressionLog } from './impression-log.ts';
import { createLog, type LogOptions } from './log.ts';
import { openReadOnlyLog } from './read-only-log.ts';
import { storageFault, whyNotWritable } from './storage-fault.ts';

/** @throws LitfassError see `openDatabase`. */
export function openLog(options: LogOptions): ImpressionLog {
  const { file, groupCommit, onRefused } = options;
  let database: ReturnType<typeof openDatabase>;
  try {
    database = openDatabase(file, onRefused);
  } catch (error) {
    // Only what the kernel did to the disk: a folder of another user is somebody's mistake, and that one is there to be told.
    if (onRefused === undefined || (whyNotWritable(file) as NodeJS.ErrnoException | null)?.code !== 'EROFS') throw error;
    return openReadOnlyLog(options, error);
  }
  try {
    return createLog(database, file, groupCommit, onRefused);
  } catch (error) {
    database.close();
    throw storageFault(error, file);
  }
}
