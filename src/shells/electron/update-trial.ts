import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** A machine may lose power in the middle of a first start; that alone is no fault of a version. */
const MOST_STARTS = 3;

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
  /** Before the installation. */
  begin(from: string, to: string): void;
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

/** On trial until its first frame: an update that shows nothing is taken back, and its version not tried again. */
export function openUpdateTrial(file: string): UpdateTrial {
  let trial = read(file);
  const keep = (next: Trial): void => {
    trial = next;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(next), { flush: true });
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
      keep({ ...trial, refused: [...trial.refused.slice(-19), running] });
      return trial.from;
    },
    passed(running) {
      if (trial?.to !== running || trial.refused.includes(running)) return;
      if (trial.refused.length === 0) rmSync(file, { force: true });
      else keep({ ...trial, from: running, starts: 0 });
    },
    refuses: (version) => trial?.refused.includes(version) === true,
  };
}

function read(file: string): Trial | null {
  try {
    return trialSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // No update is on trial, or a power cut took the note of it: then the running version is kept.
    return null;
  }
}
