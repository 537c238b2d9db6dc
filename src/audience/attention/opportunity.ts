import type { Point } from '../geometry.ts';

/** From one moment to a later one, ms of one monotonic clock. */
export interface Interval {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** Where on the floor a message can be seen from: a sector before the screen. */
export interface ExposureZone {
  /** Metres from the screen. */
  readonly nearestM: number;
  readonly furthestM: number;
  /** To either side of the screen's axis. Screens fade and letters lean beyond 60°. */
  readonly halfAngleDeg: number;
}

/** A message must be on the screen for so long while somebody is in the zone: the outdoor trade's rule (Geopath). */
const LEAST_MS = 1_000;

/** @param place metres: x along the screen from its middle, y away from it */
export function isExposed(place: Point, { nearestM, furthestM, halfAngleDeg }: ExposureZone): boolean {
  const distanceM = Math.hypot(place.x, place.y);
  const asideDeg = (Math.atan2(Math.abs(place.x), place.y) * 180) / Math.PI;
  return distanceM >= nearestM && distanceM <= furthestM && asideDeg <= halfAngleDeg;
}

/**
 * Whether somebody had the opportunity to see a message: it was on the screen for a second on end while the person was in the
 * exposure zone. Looking is not asked for; that is attention.
 *
 * @param stays in the zone, of one person
 */
export function hadOpportunityToSee(stays: readonly Interval[], showing: Interval): boolean {
  return stays.some((stay) => Math.min(stay.untilMs, showing.untilMs) - Math.max(stay.fromMs, showing.fromMs) >= LEAST_MS);
}

/** Share of the people who could see that did look, 0 to 1; `null` when nobody could. */
export function conversionRatio(watchers: number, opportunities: number): number | null {
  return opportunities === 0 ? null : watchers / opportunities;
}

/** Share of their time that people looked, 0 to 1; `null` when nobody was there. The longer stay weighs more. */
export function attractionRatio(visits: readonly { readonly attentionMs: number; readonly dwellMs: number }[]): number | null {
  const sum = (duration: 'attentionMs' | 'dwellMs'): number => visits.reduce((total, visit) => total + visit[duration], 0);
  return sum('dwellMs') === 0 ? null : sum('attentionMs') / sum('dwellMs');
}
