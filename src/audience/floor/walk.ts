import { distance, type Point } from '../geometry.ts';
import { cellAt, stepsBetween, type Grid, type Step } from './grid.ts';

/** One person's way over the floor, while it goes on. */
export interface Walk {
  readonly atMs: number;
  /** Where they stand, smoothed; metres. */
  readonly place: Point;
  readonly cell: number | null;
  readonly stayMs: ReadonlyMap<number, number>;
  readonly steps: readonly Step[];
  /** Mean distance from the screen, metres, over so many looks. */
  readonly distanceM: number;
  readonly looks: number;
}

/** Feet are found to some decimetres: a place is an average over about this time. */
const SMOOTHING_MS = 400;
/** Parts of a cell that a way is followed in. */
const FINENESS = 4;

export function beginWalk(grid: Grid, place: Point, atMs: number): Walk {
  return { atMs, place, cell: cellAt(grid, place, null), stayMs: new Map(), steps: [], distanceM: Math.hypot(place.x, place.y), looks: 1 };
}

/** Goes on to a place; between two looks the way is taken as straight and even. */
export function continueWalk(walk: Walk, grid: Grid, found: Point, atMs: number, mostSteps: number): Walk {
  const passedMs = atMs - walk.atMs;
  const weight = 1 - Math.exp(-passedMs / SMOOTHING_MS);
  const place = { x: walk.place.x + weight * (found.x - walk.place.x), y: walk.place.y + weight * (found.y - walk.place.y) };
  const parts = Math.max(1, Math.ceil((FINENESS * distance(walk.place, place)) / grid.cellM));
  const stayMs = new Map(walk.stayMs);
  const steps = [...walk.steps];
  let { cell } = walk;
  for (let part = 1; part <= parts; part++) {
    const next = cellAt(grid, { x: walk.place.x + (part / parts) * (place.x - walk.place.x), y: walk.place.y + (part / parts) * (place.y - walk.place.y) }, cell);
    if (cell !== null) stayMs.set(cell, (stayMs.get(cell) ?? 0) + passedMs / parts);
    if (cell !== null && next !== null && next !== cell && steps.length < mostSteps) steps.push(...stepsBetween(grid, cell, next));
    cell = next;
  }
  const looks = walk.looks + 1;
  return { atMs, place, cell, stayMs, steps, distanceM: walk.distanceM + (Math.hypot(place.x, place.y) - walk.distanceM) / looks, looks };
}
