import type { Point } from '../geometry.ts';

/** A joint that a pose net found, in picture heights. */
export interface Keypoint extends Point {
  readonly score: number;
}

/** One arm of one person in one picture, with what else of the body the arm is measured by. */
export interface ArmPose {
  readonly atMs: number;
  readonly shoulder: Keypoint;
  readonly elbow: Keypoint;
  readonly wrist: Keypoint;
  /** Between both shoulders, picture heights: the measure of this person. */
  readonly shoulderWidth: number;
  /** Shoulders and hips, in order around the body. */
  readonly torso: readonly Point[];
  readonly headDown: boolean;
}

/** 180 is a stretched arm. */
export function elbowDeg({ shoulder, elbow, wrist }: ArmPose): number {
  const upper = Math.atan2(shoulder.y - elbow.y, shoulder.x - elbow.x);
  const lower = Math.atan2(wrist.y - elbow.y, wrist.x - elbow.x);
  const turn = Math.abs(upper - lower);
  return (Math.min(turn, 2 * Math.PI - turn) * 180) / Math.PI;
}

/** From shoulder to wrist, in shoulder widths. */
export function armReach({ shoulder, wrist, shoulderWidth }: ArmPose): number {
  return Math.hypot(wrist.x - shoulder.x, wrist.y - shoulder.y) / shoulderWidth;
}

/** The least certain joint of the arm. */
export function armScore({ shoulder, elbow, wrist }: ArmPose): number {
  return Math.min(shoulder.score, elbow.score, wrist.score);
}
