import { closeSync, constants, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** A machine may lose power in the middle of a first start; that alone is no fault of a version. */
const MOST_STARTS = 3;
/** Of the note, whatever stands in it: it is written over where it lies, so that there is room for it on a full disk. */
const NOTE_BYTES = 2_048;

const trialSchema = z.strictObject({
  /** The version that showed pictures, and the one that has to prove itself. */
  from: z.string().max(40),
  to: z.string().max(40),
  starts: z.int().min(0),
  /** Versions that were taken back: never installed again. */
  refused: z.array(z.string().max(40)).max(20),
});
type Trial = z.infer<typeof trialSchema>;

export interface UpdateTrial {
  /** Before the installation. @returns `false`: it cannot be noted on disk, and what cannot be taken back is not installed */
  begin(from: string, to: string): boolean;
  /**
   * At each start: counts it.
   *
   * @returns the version to go back to when this one had its starts and never came to a picture; `null`: go on
   */
  start(running: string): string | null;
  /** The first frame was presented: the version stays. */
  passed(running: string): void;
  refuses(version: string): boolean;
}

/**
 * On trial until its first frame: an update that shows nothing is taken back, and its version not tried again. Never throws: a
 * disk that takes no note is said, and is no reason to show nothing.
 */
export function openUpdateTrial(file: string, say: (line: string) => void): UpdateTrial {
  let trial = read(file);
  const keep = (next: Trial): boolean => {
    trial = next;
    return tried(() => {
      mkdirSync(dirname(file), { recursive: true });
      writeOver(file, JSON.stringify(next).padEnd(NOTE_BYTES));
    });
  };
  const tried = (act: () => void): boolean => {
    try {
      act();
      return true;
    } catch (error) {
      say(`Update    ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
  return {
    begin: (from, to) => keep({ from, to, starts: 0, refused: trial?.refused ?? [] }),
    start(running) {
      // Another one than the version on trial runs: the installation did not happen, or it was taken back.
      if (trial?.to !== running || trial.from === running) return null;
      if (trial.starts < MOST_STARTS) {
        keep({ ...trial, starts: trial.starts + 1 });
        return null;
      }
      if (!trial.refused.includes(running)) keep({ ...trial, refused: [...trial.refused.slice(-19), running] });
      return trial.from;
    },
    passed(running) {
      if (trial?.to !== running || trial.refused.includes(running)) return;
      if (trial.refused.length === 0) tried(() => rmSync(file, { force: true }));
      else keep({ ...trial, from: running, starts: 0 });
    },
    refuses: (version) => trial?.refused.includes(version) === true,
  };
}

/** Not cut to nothing first: what was noted stays where a new note cannot be written. */
function writeOver(file: string, text: string): void {
  const handle = openSync(file, constants.O_WRONLY | constants.O_CREAT, 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function read(file: string): Trial | null {
  try {
    return trialSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No update is on trial, or a power cut took the note of it: then the running version is kept.
    return null;
  }
}
