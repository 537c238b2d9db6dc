import { VISIT_BUCKETS, type ClockReading, type Release, type SensorState, type SitePolicy, type Visit } from '../contract/index.ts';
import { discreteLaplace } from './discrete-laplace.ts';
import { rational } from './rational.ts';
import type { Uniform } from './uniform.ts';
import { createWindowCourse, type EndedWindow } from './window-course.ts';

export interface VisitStatisticsOptions {
  readonly policy: Pick<SitePolicy['statistics'], 'windowMs' | 'epsilonNumerator' | 'epsilonDenominator'>;
  readonly uniform: Uniform;
  readonly screenId: string;
  readonly bootId: string;
  /** End of the newest window that was ever released here, from the release ledger; 0 if none was. */
  readonly lastWindowEndMs: number;
}

/**
 * Counts visits and lets them out as noise. The three calls may come in any order; each takes the clock's reading of now.
 *
 * A visit counts once, in one bucket of one window: the window in which it became known to be over. A window that is over is
 * released whole, each bucket once and also when it is empty; see `WindowCourse` for which windows there are.
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

type Counts = Record<(typeof VISIT_BUCKETS)[number], bigint>;

/** Starts with an empty window; what an earlier run had counted in the same window is forgotten with it. */
export function createVisitStatistics({ policy, uniform, screenId, bootId, lastWindowEndMs }: VisitStatisticsOptions): VisitStatistics {
  const { windowMs, epsilonNumerator, epsilonDenominator } = policy;
  const scale = rational(BigInt(epsilonDenominator), BigInt(epsilonNumerator));
  const course = createWindowCourse<Counts>({ windowMs, lastWindowEndMs, empty: () => ({ watched: 0n, passed: 0n }) });

  function release({ startMs, sums, coveragePercent }: EndedWindow<Counts>): Release[] {
    return VISIT_BUCKETS.map((bucket) => ({
      v: 1,
      type: 'release',
      screenId,
      bootId,
      metric: 'visits',
      bucket,
      windowStartMs: startMs,
      windowMs,
      value: Number(sums[bucket] + discreteLaplace(scale, uniform)),
      mechanism: 'discrete-laplace',
      epsilonNumerator,
      epsilonDenominator,
      coveragePercent,
    }));
  }

  return {
    sensor: (state, now) => course.sensor(state, now),
    visitEnded(visit, now) {
      const counts = course.gathering(now);
      if (counts !== null) counts[visit.watcher ? 'watched' : 'passed'] += 1n;
    },
    tick: (now) => course.takeEnded(now).flatMap(release),
    get lastWindowEndMs() {
      return course.lastWindowEndMs;
    },
  };
}
