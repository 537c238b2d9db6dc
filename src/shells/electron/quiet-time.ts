import { LitfassError } from '../../contract/index.ts';
import { foldersOfScreens, powerAt, readDisplayMeans, readSettings } from '../../player/index.ts';

/** An hour in which no shop is open; by the screen's own clock on the wall. */
const QUIET_HOUR = 3;

/**
 * Whether nobody looks at any screen of this machine now: it is between three and four at night where the screen stands, or its
 * display is off by its hours. Read anew each time, for a screen may be set up while the program runs.
 */
export function isQuietTime(machineDir: string, now: Date): boolean {
  return foldersOfScreens(machineDir).every((dataDir) => {
    // What cannot be read is said by the screen that needs it.
    const timeZone = ifReadable(() => readSettings(dataDir))?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const hours = ifReadable(() => readDisplayMeans(dataDir))?.hours ?? [];
    return hourAt(now, timeZone) === QUIET_HOUR || powerAt(hours, now, timeZone) === 'off';
  });
}

function hourAt(now: Date, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now));
}

function ifReadable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof LitfassError) return null;
    throw error;
  }
}
