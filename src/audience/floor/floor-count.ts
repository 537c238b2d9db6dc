import { TABLE_METRICS, type FloorSums } from '../../contract/index.ts';
import type { Grid } from './grid.ts';
import type { Walk } from './walk.ts';

/** The most that one visit adds to the sums: they leave with the noise that covers so much. */
const MOST_STAY_MS = 1_000 * TABLE_METRICS['floor-stay'].perVisit;
export const MOST_STEPS = TABLE_METRICS['floor-steps'].perVisit;

export function emptyFloor(grid: Grid): FloorSums {
  const cells = Array.from({ length: grid.columns * grid.rows });
  return { ...grid, stayMs: cells.map(() => 0), steps: cells.map(() => [0, 0, 0, 0]) };
}

/**
 * Adds the walk of a visit that is over. Of a long stay every cell keeps its share of `MOST_STAY_MS`, in whole milliseconds
 * rounded down; of a long way the first `MOST_STEPS` steps count.
 */
export function addWalk(floor: FloorSums, { stayMs, steps }: Walk): FloorSums {
  const wholeMs = [...stayMs.values()].reduce((sum, ms) => sum + ms, 0);
  const part = Math.min(1, MOST_STAY_MS / wholeMs);
  const stays = [...floor.stayMs];
  for (const [cell, ms] of stayMs) stays[cell] = (stays[cell] ?? 0) + Math.floor(part * ms);
  const walked = floor.steps.map((ways): (typeof floor.steps)[number] => [...ways]);
  for (const { cell, direction } of steps.slice(0, MOST_STEPS)) {
    const ways = walked[cell];
    if (ways) ways[direction] += 1;
  }
  return { ...floor, stayMs: stays, steps: walked };
}
