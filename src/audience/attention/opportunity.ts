/** From one moment to a later one, ms of one monotonic clock. */
export interface Interval {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A message must be on the screen for so long while somebody is in the zone: the outdoor trade's rule (Geopath). */
const LEAST_MS = 1_000;

/**
 * Whether somebody had the opportunity to see a message: one was on the screen for a second on end while the person was in the
 * exposure zone. Looking is not asked for; that is attention.
 *
 * @param stays in the zone, of one person
 * @param messages when each was on the screen
 */
export function hadOpportunityToSee(stays: readonly Interval[], messages: readonly Interval[]): boolean {
  return stays.some((stay) => messages.some((message) => Math.min(stay.untilMs, message.untilMs) - Math.max(stay.fromMs, message.fromMs) >= LEAST_MS));
}
