import type { Calibration } from '../../contract/index.ts';
import type { Point } from '../geometry.ts';
import type { Interval } from './opportunity.ts';

/** One person's stays in the exposure zone: the one going on, and those before. */
export interface Exposure {
  readonly now: Interval | null;
  readonly before: readonly Interval[];
}

export const NEVER_EXPOSED: Exposure = { now: null, before: [] };

/**
 * Whether the screen can be seen from a place: a sector before it. Screens fade and letters lean beyond 60°.
 *
 * @param place metres: x along the screen from its middle, y away from it
 */
export function isExposed(place: Point, { nearestM, furthestM, halfAngleDeg }: Calibration['exposure']): boolean {
  const distanceM = Math.hypot(place.x, place.y);
  const asideDeg = (Math.atan2(Math.abs(place.x), place.y) * 180) / Math.PI;
  return distanceM >= nearestM && distanceM <= furthestM && asideDeg <= halfAngleDeg;
}

/** Takes in whether somebody is in the zone. */
export function expose({ now, before }: Exposure, exposed: boolean, atMs: number): Exposure {
  if (exposed) return { now: { fromMs: now?.fromMs ?? atMs, untilMs: atMs }, before };
  return now ? { now: null, before: [...before, now] } : { now, before };
}

export function staysOf({ now, before }: Exposure): readonly Interval[] {
  return now ? [...before, now] : before;
}
