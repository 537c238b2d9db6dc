import type { Box } from '../contract/index.ts';
import { centre } from './geometry.ts';

/** Where something was last seen and how it moved: constant velocity, in picture heights a second. */
export interface Motion {
  readonly box: Box;
  readonly atMs: number;
  readonly vx: number;
  readonly vy: number;
}

/** Weight of the newest measured velocity. */
const SMOOTHING = 0.5;
/** A velocity says nothing about where somebody is after this long: people stop. */
const HORIZON_MS = 1_000;

export function seenAt(previous: Motion | null, box: Box, atMs: number): Motion {
  const elapsedS = (atMs - (previous?.atMs ?? atMs)) / 1000;
  if (!previous || elapsedS <= 0) return { box, atMs, vx: previous?.vx ?? 0, vy: previous?.vy ?? 0 };
  const from = centre(previous.box);
  const to = centre(box);
  const smooth = (before: number, path: number): number => before + SMOOTHING * (path / elapsedS - before);
  return { box, atMs, vx: smooth(previous.vx, to.x - from.x), vy: smooth(previous.vy, to.y - from.y) };
}

export function predict(motion: Motion, atMs: number): Box {
  const aheadS = Math.min(Math.max(0, atMs - motion.atMs), HORIZON_MS) / 1000;
  return { ...motion.box, x: motion.box.x + motion.vx * aheadS, y: motion.box.y + motion.vy * aheadS };
}
