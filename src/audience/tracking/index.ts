// Who is who from one picture to the next, by boxes alone: SORT is the reference that everybody knows.
export { createSort } from './sort.ts';
export type { Detection, Tracked, Tracker } from './tracker.ts';
