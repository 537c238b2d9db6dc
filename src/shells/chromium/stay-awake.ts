import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Run in the page before its own scripts: the browser keeps the display awake while the page is seen, and asks again each time. */
export const WAKE_LOCK = `(() => {
  const hold = () => document.visibilityState === 'visible' && navigator.wakeLock?.request('screen').catch(() => undefined);
  document.addEventListener('visibilitychange', hold);
  addEventListener('load', hold);
})()`;

/**
 * Tells the X server not to blank the display, which a wake lock does not reach on every desktop.
 *
 * @returns what could not be done, for people; `null` when it was done or is not needed
 */
export async function stopBlanking(env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  if (process.platform !== 'linux' || (env.DISPLAY ?? '') === '') return null;
  try {
    await promisify(execFile)('xset', ['s', 'off', 's', 'noblank', '-dpms'], { timeout: 5_000, env });
    return null;
  } catch (error) {
    return `the X server was not told to keep the display on (xset: ${(error as NodeJS.ErrnoException).code ?? 'failed'}); install x11-xserver-utils, or switch blanking off in the desktop's settings`;
  }
}
