import { watch } from 'node:fs';
import { LitfassError } from '../../contract/index.ts';

/** A save is several events, a copy many: the folder is read when it has been quiet this long. */
const QUIET_MS = 250;

/**
 * Calls `changed` whenever something in `folder` or below was written and it is quiet again. Never two calls at a time: what
 * changes during one leads to another.
 *
 * @throws LitfassError `programme-folder` if the folder cannot be watched.
 */
export function watchFolder(folder: string, changed: () => Promise<void>, failed: (error: unknown) => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let queued = false;
  let last = Promise.resolve();

  function run(): void {
    if (queued) return;
    queued = true;
    last = last
      .then(() => {
        queued = false;
        return changed();
      })
      .catch(failed);
  }

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(run, QUIET_MS);
  }

  try {
    const watcher = watch(folder, { recursive: true }, schedule).on('error', failed);
    return {
      close() {
        clearTimeout(timer);
        watcher.close();
      },
    };
  } catch (error) {
    throw new LitfassError('programme-folder', `${folder} cannot be watched (${error instanceof Error ? error.message : String(error)}). Give the path of a folder that holds programme.json.`, { cause: error });
  }
}
