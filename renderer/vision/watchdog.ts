import { SensorTrouble } from './trouble.ts';

/** Loading the nets from a slow disk and compiling their shaders may take a while; one picture may not. */
const LOAD_LIMIT_MS = 60_000;
const PICTURE_LIMIT_MS = 10_000;
/** Between two pictures all of a picture's tensors are gone; this many more than at first are a leak. */
const LEAKED_TENSORS = 500;
/** A timer that comes so much too late was stopped: the window is hidden and asleep, or the computer was. */
const STOPPED_MS = 5_000;

/** Watches a worker from outside: a hanging net blocks its worker for good, and a crash may leave no word at all. */
export interface Watchdog {
  /** The worker has loaded its nets. */
  ready(nowMs: number): void;
  /** The worker analysed a picture. @throws SensorTrouble `vision-leak` when its tensors grow */
  heard(nowMs: number, tensors: number): void;
  /**
   * Called by a timer, over and over. What to tell when the timer itself had been stopped, else `null`.
   *
   * @throws SensorTrouble `vision-stalled` when the worker has been silent for too long
   */
  tick(nowMs: number): SensorTrouble | null;
}

export function createWatchdog(startedMs: number): Watchdog {
  let limitMs = LOAD_LIMIT_MS;
  let heardMs = startedMs;
  let tickMs = startedMs;
  let firstTensors: number | null = null;
  return {
    ready(nowMs) {
      limitMs = PICTURE_LIMIT_MS;
      heardMs = nowMs;
    },
    heard(nowMs, tensors) {
      heardMs = nowMs;
      firstTensors ??= tensors;
      if (tensors > firstTensors + LEAKED_TENSORS) throw new SensorTrouble('blind', `vision-leak: the nets hold ${tensors - firstTensors} tensors too many; starting again`);
    },
    tick(nowMs) {
      const stoodMs = nowMs - tickMs;
      tickMs = nowMs;
      if (stoodMs >= STOPPED_MS) {
        // The worker's messages waited as long as we did: its silence proves nothing.
        heardMs = nowMs;
        return new SensorTrouble('blind', `window-stopped: this page stood still for ${Math.round(stoodMs / 1000)} s; keep its window from being put to sleep, and the computer too`);
      }
      if (nowMs - heardMs > limitMs) throw new SensorTrouble('blind', `vision-stalled: no picture was analysed within ${limitMs / 1000} s; starting again`);
      return null;
    },
  };
}
