import type { Box } from '../../contract/index.ts';
import { centre } from '../geometry.ts';
import type { Path, Sighted } from './path.ts';

export interface DirectionParameters {
  /** A direction is taken over this time, ms: shorter ones show the detector's error rather than the way. */
  readonly directionOverMs: number;
  /** Who has moved by less than this many heights in that time stands, and has no direction. */
  readonly directionFrom: number;
}

/**
 * How straight a path would go on if `box` were its next sighting: ½ straight on, 0 to the side, −½ back where it came from;
 * 0 for one that has no direction. Both directions join sightings and no predictions (the observation-centric momentum of
 * OC-SORT, Cao et al., CVPR 2023).
 */
export function straightness({ sightings, last }: Path, box: Box, atMs: number, { directionOverMs, directionFrom }: DirectionParameters): number {
  const before = sightings[firstWithin(sightings, last.atMs - directionOverMs, sightings.length - 1)];
  const from = sightings[firstWithin(sightings, atMs - directionOverMs, sightings.length)] ?? last;
  if (!before) return 0;
  const own = way(before.box, last.box);
  if (Math.hypot(own.x, own.y) < directionFrom * last.box.height) return 0;
  return 0.5 - angle(own, way(from.box, box)) / Math.PI;
}

/** Index of the oldest of the first `count` sightings that is not before a moment, or else of the newest of them. */
function firstWithin(sightings: readonly Sighted[], fromMs: number, count: number): number {
  let index = 0;
  while (index < count - 1 && (sightings[index]?.atMs ?? 0) < fromMs) index += 1;
  return count === 0 ? -1 : index;
}

interface Way {
  readonly x: number;
  readonly y: number;
}

function way(from: Box, to: Box): Way {
  const a = centre(from);
  const b = centre(to);
  return { x: b.x - a.x, y: b.y - a.y };
}

/** Between two ways, 0 to π; a right angle where one of them leads nowhere. */
function angle(a: Way, b: Way): number {
  const length = Math.sqrt((a.x * a.x + a.y * a.y) * (b.x * b.x + b.y * b.y));
  return length === 0 ? Math.PI / 2 : Math.acos(Math.max(-1, Math.min(1, (a.x * b.x + a.y * b.y) / length)));
}
