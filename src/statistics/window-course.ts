import type { ClockReading, SensorState } from '../contract/index.ts';
import { coveragePercent, windowStartAt, type OpenWindow } from './window.ts';

export interface WindowCourseOptions<Sums> {
  readonly windowMs: number;
  /** End of the newest window that was ever released, from the release ledger; 0 if none was. */
  readonly lastWindowEndMs: number;
  /** The sums of a window in which nothing was gathered yet. */
  readonly empty: () => Sums;
}

export interface EndedWindow<Sums> {
  readonly startMs: number;
  readonly coveragePercent: number;
  readonly sums: Sums;
}

/**
 * Windows of the wall clock, one after the other, each gathered and handed out at most once:
 *
 * - A window that is over is handed out whole, also when nothing was gathered. Where a player was not running there is none;
 *   where it started in the middle, `coveragePercent` says so.
 * - No window that begins before the end of the newest released one is ever opened, whatever the clock does: a second draw of
 *   the same cell would wear the noise off. What is gathered in such a time is dropped.
 *
 * The calls may come in any order; each takes the clock's reading of now.
 */
export interface WindowCourse<Sums> {
  /** The state of the camera from now on; `absent` until the first call. */
  sensor(state: SensorState, now: ClockReading): void;
  /** The open sums, to be added to at once and not kept; `null`: nothing may be gathered now. */
  gathering(now: ClockReading): Sums | null;
  /** Windows that ended since the last call. */
  takeEnded(now: ClockReading): readonly EndedWindow<Sums>[];
  /** End of the newest ended window. While the clock stands before it nothing is gathered. */
  readonly lastWindowEndMs: number;
}

export function createWindowCourse<Sums>({ windowMs, lastWindowEndMs, empty }: WindowCourseOptions<Sums>): WindowCourse<Sums> {
  let endedUntilMs = lastWindowEndMs;
  let window: OpenWindow<Sums> | null = null;
  let state: SensorState = 'absent';
  let last: { readonly wallMs: number; readonly monoMs: number } | null = null;
  let ended: EndedWindow<Sums>[] = [];

  /** Brings the open window to `now`: adds what was measured since the last call, and ends it when its time is over. */
  function advance(now: ClockReading): void {
    const monoMs = Math.trunc(now.monoMs);
    const elapsedMs = last === null ? 0 : Math.max(0, monoMs - last.monoMs);
    let measuredMs = state === 'ok' ? elapsedMs : 0;

    if (window !== null && now.wallMs >= window.endMs) {
      const ofWindowMs = Math.min(measuredMs, Math.max(0, window.endMs - (last?.wallMs ?? now.wallMs)));
      window.measuredMs += ofWindowMs;
      measuredMs -= ofWindowMs;
      ended.push({ startMs: window.startMs, coveragePercent: coveragePercent(window), sums: window.sums });
      endedUntilMs = window.endMs;
      window = null;
    }
    const startMs = windowStartAt(now.wallMs, windowMs);
    if (window?.startMs !== startMs) {
      // Also when the clock was set back out of the open window: half a window of another time is no cell.
      window = startMs >= endedUntilMs ? { startMs, endMs: startMs + windowMs, sums: empty(), measuredMs: 0 } : null;
      measuredMs = Math.min(measuredMs, now.wallMs - startMs);
    }
    if (window !== null) window.measuredMs += measuredMs;
    last = { wallMs: now.wallMs, monoMs };
  }

  return {
    sensor(next, now) {
      advance(now);
      state = next;
    },
    gathering(now) {
      advance(now);
      return window?.sums ?? null;
    },
    takeEnded(now) {
      advance(now);
      const taken = ended;
      ended = [];
      return taken;
    },
    get lastWindowEndMs() {
      return endedUntilMs;
    },
  };
}
