import type { AudienceParameters } from '../parameters.ts';

/** One person's looks at the screen: the one going on, and the sum of those before. */
export interface Watching {
  readonly look: { readonly sinceMs: number; readonly lastMs: number } | null;
  readonly pastMs: number;
  /** Pictures of a look in which the expression was measured, and those of them that showed a smile. */
  readonly measured: number;
  readonly smiling: number;
}

export const NEVER_WATCHED: Watching = { look: null, pastMs: 0, measured: 0, smiling: 0 };

/** P(smiling) from which on it is a smile. */
const SMILE = 0.5;

/** What one picture says of one person's look. */
export interface Glance {
  /** Whether the head is towards the screen, by what holds for somebody who is looking already or for somebody who is not. */
  towards(looking: boolean): boolean;
  readonly smile: number | null;
}

/**
 * Takes in one picture of a person; `glance` is `null` when it does not show the head. A look goes on over short looks away
 * and over pictures in which the face was missed.
 */
export function watch(watching: Watching, glance: Glance | null, atMs: number, parameters: AudienceParameters): Watching {
  const kept = watching.look && atMs - watching.look.lastMs > parameters.unwatchAfterMs ? { ...watching, look: null, pastMs: attentionMs(watching, parameters) } : watching;
  if (!glance?.towards(kept.look !== null)) return kept;
  return {
    look: { sinceMs: kept.look?.sinceMs ?? atMs, lastMs: atMs },
    pastMs: kept.pastMs,
    measured: kept.measured + (glance.smile === null ? 0 : 1),
    smiling: kept.smiling + (glance.smile !== null && glance.smile >= SMILE ? 1 : 0),
  };
}

export function isWatching({ look }: Watching, atMs: number, parameters: AudienceParameters): boolean {
  return look !== null && look.lastMs - look.sinceMs >= parameters.watchAfterMs && atMs - look.lastMs <= parameters.unwatchAfterMs;
}

/** Sum of all looks so far, ms. A look lasts from the first to the last picture that shows it. */
export function attentionMs({ look, pastMs }: Watching, parameters: AudienceParameters): number {
  const lengthMs = look ? look.lastMs - look.sinceMs : 0;
  return pastMs + (lengthMs >= parameters.watchAfterMs ? lengthMs : 0);
}

/** The part of their attention that somebody smiled, ms; `null` when no picture of it said so. */
export function smilingMs(watching: Watching, parameters: AudienceParameters): number | null {
  return watching.measured === 0 ? null : (attentionMs(watching, parameters) * watching.smiling) / watching.measured;
}
