import type { ClockReading, Creative, Programme, SensingPermit } from '../contract/index.ts';

/** What may be sensed here and now. */
export interface Permits {
  readonly camera: boolean;
  readonly demographics: boolean;
  /** Whether people smile: summed, and never a reason to show anything. */
  readonly expression: boolean;
}

const NOTHING: Permits = { camera: false, demographics: false, expression: false };

/** Two clocks that are both right may differ by this much. */
const SKEW_MS = 5 * 60_000;
/** The notice may wait for a slot, and be overtaken once; then it has dropped out of rotation. */
const OVERDUE = 2;

/** When a creative was last in front, ms of the monotonic clock; `null` if it is not in the programme. */
export type LastShown = (creativeId: string) => number | null;

/**
 * Sensing is off until the site's policy allows it, for as long as it allows it, and only while people are really told: a
 * notice that is in rotation whatever the audience, and was shown lately. Whatever is missing or cannot be judged, such as
 * a date by a clock that was never set, is a refusal.
 */
export function permitsOf(programme: Programme | null, now: ClockReading, lastShownMs: LastShown): Permits {
  if (programme === null || now.quality === 'unsynced' || now.wallMs < programme.issuedMs - SKEW_MS) return NOTHING;
  if (!programme.creatives.some((creative) => isBeingShown(creative, now.monoMs, lastShownMs))) return NOTHING;
  const holds = (permit: SensingPermit | undefined): boolean => permit !== undefined && now.wallMs < permit.untilMs;
  const camera = holds(programme.policy.camera);
  return { camera, demographics: camera && holds(programme.policy.demographics), expression: camera && holds(programme.policy.expression) };
}

function isBeingShown({ id, notice, criteria, atLeastEveryMs, durationMs }: Creative, nowMs: number, lastShownMs: LastShown): boolean {
  if (notice !== true || criteria.length > 0 || atLeastEveryMs === undefined) return false;
  const shownMs = lastShownMs(id);
  return shownMs !== null && nowMs - shownMs <= OVERDUE * atLeastEveryMs + durationMs;
}
