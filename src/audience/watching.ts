import type { Face } from '../contract/index.ts';
import type { AudienceParameters } from './parameters.ts';

/** One person's looks at the screen: the one going on, and the sum of those before. */
export interface Watching {
  readonly look: { readonly sinceMs: number; readonly lastMs: number } | null;
  readonly pastMs: number;
}

export const NEVER_WATCHED: Watching = { look: null, pastMs: 0 };

/**
 * Takes in one picture of a person; `face` is `null` when none was found. A look goes on over short looks away and over
 * pictures in which the face was missed.
 */
export function watch(watching: Watching, face: Face | null, atMs: number, parameters: AudienceParameters): Watching {
  const kept = watching.look && atMs - watching.look.lastMs > parameters.unwatchAfterMs ? { look: null, pastMs: attentionMs(watching, parameters) } : watching;
  if (!face || !isTowards(face, kept.look !== null, parameters)) return kept;
  return { look: { sinceMs: kept.look?.sinceMs ?? atMs, lastMs: atMs }, pastMs: kept.pastMs };
}

export function isWatching({ look }: Watching, atMs: number, parameters: AudienceParameters): boolean {
  return look !== null && look.lastMs - look.sinceMs >= parameters.watchAfterMs && atMs - look.lastMs <= parameters.unwatchAfterMs;
}

/** Sum of all looks so far, ms. A look lasts from the first to the last picture that shows it. */
export function attentionMs({ look, pastMs }: Watching, parameters: AudienceParameters): number {
  const lengthMs = look ? look.lastMs - look.sinceMs : 0;
  return pastMs + (lengthMs >= parameters.watchAfterMs ? lengthMs : 0);
}

/** Where a head must turn further to stop looking than to begin, an error of the pose does not make somebody blink. */
function isTowards(face: Face, looking: boolean, { watchScore, watchYawDeg, watchPitchDeg }: AudienceParameters): boolean {
  const edge = looking ? 'leave' : 'enter';
  return face.score >= watchScore && face.yawDeg !== null && face.pitchDeg !== null && Math.abs(face.yawDeg) <= watchYawDeg[edge] && Math.abs(face.pitchDeg) <= watchPitchDeg[edge];
}
