// Who is who from one picture to the next, by boxes alone: the product's own tracker, which counts in milliseconds, the
// pieces of it that also follow whole people with faces and bodies, and SORT, the reference that everybody knows.
export { createTracker } from './default-tracker.ts';
export { straightness } from './direction.ts';
export { TRACKER_PARAMETERS, type TrackerParameters } from './parameters.ts';
export { beginPath, continuePath, missPath, predictPath, type MotionModel, type Path } from './path.ts';
export { createSort } from './sort.ts';
export { pairInStages } from './stages.ts';
export type { Detection, Tracked, Tracker } from './tracker.ts';
