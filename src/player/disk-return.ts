import type { ImpressionLog } from '../impressions/index.ts';
import type { Trouble } from './trouble.ts';

/** Whoever mounts a disk anew stands before the screen and waits. */
const LOOK_MS = 5_000;

/** Calls `onReturn` once a disk that was read-only when the log was opened can be written. */
export function watchDiskReturn(log: Pick<ImpressionLog, 'awaitsReopening'>, trouble: Trouble, onReturn: () => void): { close(): void } {
  const timer = setInterval(() => {
    if (!log.awaitsReopening()) return;
    clearInterval(timer);
    trouble.tell('The disk of this screen can be written again: the program starts again, and writes down what it kept in memory.');
    onReturn();
  }, LOOK_MS);
  return { close: () => clearInterval(timer) };
}
