import { TABLE_METRICS, type ClockReading, type FloorSums, type ReleaseTable, type SensorState, type SitePolicy, type Visit } from '../contract/index.ts';
import { boundedContribution } from './contribution.ts';
import { discreteLaplace } from './discrete-laplace.ts';
import { rational } from './rational.ts';
import { cellsOf, isFloorMetric, partsOf, type Site } from './table-cells.ts';
import type { Uniform } from './uniform.ts';
import { createWindowCourse, type EndedWindow } from './window-course.ts';

export type TablePolicy = NonNullable<SitePolicy['statistics']['tables']>[number];

export interface TableStatisticsOptions {
  readonly policy: TablePolicy;
  readonly site: Site;
  /** Which nets and which calibrations the numbers rest on; stands in each release. */
  readonly basis: readonly string[];
  readonly uniform: Uniform;
  readonly screenId: string;
  readonly bootId: string;
  /** End of the newest window that was ever released of this metric here; 0 if none was. */
  readonly lastWindowEndMs: number;
}

/**
 * One table of sums, let out as noise: all its cells together once per window, also when nobody came. The calls may come in any
 * order; each takes the clock's reading of now. See `WindowCourse` for which windows there are.
 *
 * What a visit adds to all cells together is bounded by the metric's `perVisit`, and the noise of each cell is that of a
 * discrete Laplace distribution of scale `perVisit` / epsilon: so the whole table, over all windows, protects a visit with the
 * policy's epsilon (Dwork and Roth 2014, theorem 3.6; Ghosh, Roughgarden and Sundararajan 2009 for integers).
 */
export interface TableStatistics {
  /** The state of the camera from now on; `absent` until the first call. */
  sensor(state: SensorState, now: ClockReading): void;
  visitEnded(visit: Visit, now: ClockReading): void;
  /** What people did on the floor since the last call. Of one visit it holds no more than `perVisit`: only the room that follows people can see to that. */
  floor(sums: FloorSums, now: ClockReading): void;
  /** The tables of the windows that ended since the last call, to be logged at once. Call it at least once a second. */
  tick(now: ClockReading): readonly ReleaseTable[];
  /** End of the newest released window. While the clock stands before it nothing is gathered. */
  readonly lastWindowEndMs: number;
}

/** A stay is summed in ms: rounding to seconds before the noise would add up to one second per cell that somebody touched. */
const FLOOR_STAY_GRAINS = 1_000n;
/** What the schema of the leaf takes; noise beyond it has a probability below 1e-100. */
const LARGEST_VALUE = 1_000_000_000;

/** Starts with an empty window; what an earlier run had gathered in the same window is forgotten with it. */
export function createTableStatistics({ policy, site, basis, uniform, screenId, bootId, lastWindowEndMs }: TableStatisticsOptions): TableStatistics {
  const { metric, windowMs, epsilonNumerator, epsilonDenominator } = policy;
  const { unit, perVisit } = TABLE_METRICS[metric];
  const cells = cellsOf(metric, site);
  const grains = metric === 'floor-stay' ? FLOOR_STAY_GRAINS : 1n;
  const scale = rational(BigInt(perVisit) * grains * BigInt(epsilonDenominator), BigInt(epsilonNumerator));
  const course = createWindowCourse<bigint[]>({ windowMs, lastWindowEndMs, empty: () => cells.map(() => 0n) });

  function add(contribution: readonly bigint[], now: ClockReading): void {
    const sums = course.gathering(now);
    if (sums !== null) for (const [cell, amount] of contribution.entries()) sums[cell] = (sums[cell] ?? 0n) + amount;
  }

  function release({ startMs, sums, coveragePercent }: EndedWindow<bigint[]>): ReleaseTable {
    return {
      v: 1,
      type: 'release-table',
      screenId,
      bootId,
      metric,
      unit,
      cells: [...cells],
      values: sums.map((sum) => inUnits(sum + discreteLaplace(scale, uniform), grains)),
      windowStartMs: startMs,
      windowMs,
      mechanism: 'discrete-laplace',
      perVisit,
      epsilonNumerator,
      epsilonDenominator,
      coveragePercent,
      basis: [...basis],
    };
  }

  return {
    sensor: (state, now) => course.sensor(state, now),
    visitEnded(visit, now) {
      if (!isFloorMetric(metric)) add(boundedContribution(partsOf(metric, visit, site.shelves), perVisit, uniform), now);
    },
    floor({ columns, rows, stayMs, steps }, now) {
      if (!isFloorMetric(metric)) return;
      if (columns !== site.floor?.columns || rows !== site.floor.rows) throw new RangeError(`a floor of ${columns} × ${rows} cells does not fit a table of ${site.floor?.columns ?? 0} × ${site.floor?.rows ?? 0}`);
      add((metric === 'floor-stay' ? stayMs : steps.flat()).map((amount) => BigInt(Math.floor(amount))), now);
    },
    tick: (now) => course.takeEnded(now).map(release),
    get lastWindowEndMs() {
      return course.lastWindowEndMs;
    },
  };
}

/** Rounded half up, after the noise: that says nothing more of anybody. */
function inUnits(sum: bigint, grains: bigint): number {
  const twice = 2n * sum + grains;
  const floored = twice / (2n * grains) - (twice < 0n && twice % (2n * grains) !== 0n ? 1n : 0n);
  return Math.max(-LARGEST_VALUE, Math.min(LARGEST_VALUE, Number(floored)));
}
