import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** A night has passed in which it could have been installed, had the machine been on. */
const LONG_MS = 24 * 3_600_000;

const waitingSchema = z.strictObject({
  /** The version that should have been replaced. */
  running: z.string().max(40),
  sinceMs: z.int(),
});

export interface UpdateWaiting {
  /** A newer version than this one is here, and was not installed yet. */
  begin(running: string, nowMs: number): void;
  /** Whether one has waited for more than a day, over restarts. */
  isLong(running: string, nowMs: number): boolean;
}

/**
 * Since when a version waits to be installed, kept on disk: a screen whose mains are cut at night never sees the hour in which it
 * would be. It is about the one that runs: a newer release that comes meanwhile does not begin the waiting anew.
 */
export function openUpdateWaiting(file: string, say: (line: string) => void): UpdateWaiting {
  let waiting = read(file);
  return {
    begin(running, nowMs) {
      // From the future: a clock was wrong, then or now.
      if (waiting?.running === running && waiting.sinceMs <= nowMs) return;
      waiting = { running, sinceMs: nowMs };
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, JSON.stringify(waiting), { mode: 0o600 });
      } catch (error) {
        say(`Update    ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    isLong: (running, nowMs) => waiting?.running === running && nowMs - waiting.sinceMs > LONG_MS,
  };
}

function read(file: string): z.infer<typeof waitingSchema> | null {
  try {
    return waitingSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Nothing waits, or a power cut took the note of it: then the waiting begins anew.
    return null;
  }
}
