// Who is who from one picture to the next, by boxes alone: the product's own tracker, which counts in milliseconds, and SORT,
// the reference that everybody knows.
export { createTracker } from './default-tracker.ts';
export { TRACKER_PARAMETERS, type TrackerParameters } from './parameters.ts';
export { createSort } from './sort.ts';
export type { Detection, Tracked, Tracker } from './tracker.ts';
