import type { Programme, SensingPermit } from '../contract/index.ts';

/** What may be sensed here and now. */
export interface Permits {
  readonly camera: boolean;
  readonly demographics: boolean;
}

export const NOTHING_PERMITTED: Permits = { camera: false, demographics: false };

/**
 * Sensing is off until the site's policy allows it, for as long as it allows it, and only while the programme tells people
 * about it. Whatever is missing is a refusal.
 */
export function permitsOf(programme: Programme | null, wallMs: number): Permits {
  if (programme?.creatives.some(({ notice }) => notice === true) !== true) return NOTHING_PERMITTED;
  const holds = (permit: SensingPermit | undefined): boolean => permit !== undefined && wallMs < permit.untilMs;
  const camera = holds(programme.policy.camera);
  return { camera, demographics: camera && holds(programme.policy.demographics) };
}
