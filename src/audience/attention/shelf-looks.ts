import type { Premises, Vector } from '../space/index.ts';
import { GAZE_ERROR_DEG, gazeProbability, type HeadPose } from './gaze.ts';
import { CELL_DEG, headOrientation, orientationAngles } from './head-orientation.ts';

/** How likely somebody looks at each shelf now, and the expected time they did; in the order of the premises' shelves. */
export interface ShelfLooks {
  readonly atMs: number;
  readonly probabilities: readonly number[];
  readonly expectedMs: readonly number[];
}

/** A cell's width is one more error of the direction: that of rounding. */
const ERROR_DEG = Math.hypot(GAZE_ERROR_DEG, CELL_DEG / Math.sqrt(12));

/**
 * Takes in one picture of a head, whose direction is known as one of 512. Between two pictures it is taken to have stayed as
 * it was, but for no longer than `holdMs`.
 */
export function lookAtShelves(looks: ShelfLooks | null, eye: Vector, head: HeadPose, premises: Premises, atMs: number, holdMs: number): ShelfLooks {
  const rounded = orientationAngles(headOrientation(head.yawDeg, head.pitchDeg));
  const heldMs = looks ? Math.min(atMs - looks.atMs, holdMs) : 0;
  return {
    atMs,
    probabilities: premises.shelves.map(({ outline }) => gazeProbability(eye, premises.camera.at, rounded, outline, ERROR_DEG)),
    expectedMs: premises.shelves.map((_, shelf) => (looks?.expectedMs[shelf] ?? 0) + heldMs * (looks?.probabilities[shelf] ?? 0)),
  };
}
