import { VISIT_BUCKETS, type ClockReading, type Release, type SensorState, type SitePolicy, type Visit } from '../contract/index.ts';
import { discreteLaplace } from './discrete-laplace.ts';
import { rational } from './rational.ts';
import type { Uniform } from './uniform.ts';
import { coveragePercent, openWindow, windowStartAt, type OpenWindow } from './window.ts';

export interface VisitStatisticsOptions {
  readonly policy: SitePolicy['statistics'];
  readonly uniform: Uniform;
  readonly screenId: string;
  readonly bootId: string;
  /** End of the newest window that was ever released here, from the release ledger; 0 if none was. */
  readonly lastWindowEndMs: number;
}

/**
 * Counts visits and lets them out as noise. The three calls may come in any order; each takes the clock's reading of now.
 *
 * - A visit counts once, in one bucket of one window: the window in which it became known to be over.
 * - A window that is over is released whole, each bucket once and also when it is empty. Where a player was not running
 *   there is no release; where it started in the middle, `coveragePercent` says so.
 * - No window that begins before the end of the newest released one is ever opened, whatever the clock does: a second draw
 *   of the same cell would wear the noise off. Visits in such a time are dropped.
 *
 * Each visit changes one cell by one (sensitivity 1), so a release protects a visit with the policy's epsilon. A person who
 * comes again is another visit: no bound per person is claimed.
 */
export interface VisitStatistics {
  /** The state of the camera from now on; `absent` until the first call. */
  sensor(state: SensorState, now: ClockReading): void;
  visitEnded(visit: Visit, now: ClockReading): void;
  /** Releases of the windows that ended since the last call: to be logged at once, those of one window together. Call it at least once a second. */
  tick(now: ClockReading): readonly Release[];
  /** End of the newest released window. While the clock stands before it nothing is counted. */
  readonly lastWindowEndMs: number;
}

/** Starts with an empty window; what an earlier run had counted in the same window is forgotten with it. */
export function createVisitStatistics({ policy, uniform, screenId, bootId, lastWindowEndMs }: VisitStatisticsOptions): VisitStatistics {
  const { windowMs, epsilonNumerator, epsilonDenominator } = policy;
  const scale = rational(BigInt(epsilonDenominator), BigInt(epsilonNumerator));
  let releasedUntilMs = lastWindowEndMs;
  let window: OpenWindow | null = null;
  let state: SensorState = 'absent';
  let last: { readonly wallMs: number; readonly monoMs: number } | null = null;
  let due: Release[] = [];

  /** Brings the open window to `now`: adds what was measured since the last call, and closes it when its time is over. */
  function advance(now: ClockReading): void {
    const monoMs = Math.trunc(now.monoMs);
    const elapsedMs = last === null ? 0 : Math.max(0, monoMs - last.monoMs);
    let measuredMs = state === 'ok' ? elapsedMs : 0;

    if (window !== null && now.wallMs >= window.endMs) {
      const ofWindowMs = Math.min(measuredMs, Math.max(0, window.endMs - (last?.wallMs ?? now.wallMs)));
      window.measuredMs += ofWindowMs;
      measuredMs -= ofWindowMs;
      due.push(...release(window));
      releasedUntilMs = window.endMs;
      window = null;
    }
    const startMs = windowStartAt(now.wallMs, windowMs);
    if (window?.startMs !== startMs) {
      // Also when the clock was set back out of the open window: half a window of another time is no cell.
      window = startMs >= releasedUntilMs ? openWindow(startMs, windowMs) : null;
      measuredMs = Math.min(measuredMs, now.wallMs - startMs);
    }
    if (window !== null) window.measuredMs += measuredMs;
    last = { wallMs: now.wallMs, monoMs };
  }

  function release(over: OpenWindow): Release[] {
    return VISIT_BUCKETS.map((bucket) => ({
      v: 1,
      type: 'release',
      screenId,
      bootId,
      metric: 'visits',
      bucket,
      windowStartMs: over.startMs,
      windowMs,
      value: Number(over[bucket] + discreteLaplace(scale, uniform)),
      mechanism: 'discrete-laplace',
      epsilonNumerator,
      epsilonDenominator,
      coveragePercent: coveragePercent(over),
    }));
  }

  return {
    sensor(next, now) {
      advance(now);
      state = next;
    },
    visitEnded(visit, now) {
      advance(now);
      if (window !== null) window[visit.watcher ? 'watched' : 'passed'] += 1n;
    },
    tick(now) {
      advance(now);
      const releases = due;
      due = [];
      return releases;
    },
    get lastWindowEndMs() {
      return releasedUntilMs;
    },
  };
}
