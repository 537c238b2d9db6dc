import type { FoundFace } from '../nets/faces.ts';
import type { FollowedFace } from './following.ts';

/** A face seen so often in a row is no flicker. */
const STEADY = 2;
/** Nor is one that the detector is so sure of and that is so large: it may be measured at first sight. */
const SURE = 0.8;
const LARGE_PX = 80;
/** The nearest are measured in each picture… */
const ALWAYS = 4;
/** …and of the others so many, those first who have waited longest. */
const IN_TURN = 2;

/**
 * Which heads to measure in this picture, by index: those of steady faces, the nearest always, a crowd in turn. A flicker of
 * the detector costs nothing, and no crowd costs more than six heads.
 *
 * @param found parallel to `followed`
 */
export function headTurns(found: readonly FoundFace[], followed: readonly FollowedFace[]): readonly number[] {
  const steady = followed
    .map((face, index) => ({ face, index, widthPx: found[index]?.region.width ?? 0, score: found[index]?.score ?? 0 }))
    .filter(({ face, widthPx, score }) => face.streak >= STEADY || (score >= SURE && widthPx >= LARGE_PX))
    .sort((a, b) => b.widthPx - a.widthPx);
  const waiting = steady.slice(ALWAYS).sort((a, b) => a.face.headMs - b.face.headMs);
  return [...steady.slice(0, ALWAYS), ...waiting.slice(0, IN_TURN)].map(({ index }) => index);
}
