import type { FollowedFace } from './following.ts';

/** A face smaller than this says nothing reliable about age. */
const MIN_FACE_PX = 60;
const MAX_YAW_DEG = 30;
const MAX_PITCH_DEG = 25;
/** Below it a face is blurred by its motion or out of focus; see `sharpnessOf`. */
const MIN_SHARPNESS = 0.15;
/** So many good samples of a face, and then never again. */
const MOST = 5;
/** Samples from neighbouring pictures say the same again. */
const APART_MS = 400;

/** A followed face whose head was measured in this picture. */
export interface SampleCandidate {
  readonly followed: FollowedFace;
  /** Side of its region, px. */
  readonly facePx: number;
  readonly yawDeg: number;
  readonly pitchDeg: number;
}

/**
 * Whose turn it is for the age and gender net: the best face among those with the fewest samples, so that
 * everybody has been looked at once before anybody is looked at twice. `null`:
 * nobody passes the quality gate, or all have been sampled.
 *
 * @param sharpness measured only for those who pass the rest of the gate
 */
export function demographicTurn<Candidate extends SampleCandidate>(candidates: readonly Candidate[], sharpness: (candidate: Candidate) => number, atMs: number): Candidate | null {
  const wanting = candidates.filter(({ followed }) => followed.samples < MOST && atMs - followed.sampledMs >= APART_MS);
  const good = wanting
    .filter((candidate) => candidate.facePx >= MIN_FACE_PX && Math.abs(candidate.yawDeg) <= MAX_YAW_DEG && Math.abs(candidate.pitchDeg) <= MAX_PITCH_DEG)
    .map((candidate) => ({ candidate, sharp: sharpness(candidate) }))
    .filter(({ sharp }) => sharp >= MIN_SHARPNESS)
    .sort((a, b) => a.candidate.followed.samples - b.candidate.followed.samples || quality(b.candidate, b.sharp) - quality(a.candidate, a.sharp));
  return good[0]?.candidate ?? null;
}

/** Books a sample. */
export function sampled(followed: FollowedFace, atMs: number): void {
  followed.samples += 1;
  followed.sampledMs = atMs;
}

/** Large, towards the camera, and sharp: each counts up to where more of it makes the net no better. */
function quality({ facePx, yawDeg, pitchDeg }: SampleCandidate, sharp: number): number {
  return Math.min(1, facePx / 224) * Math.cos((yawDeg * Math.PI) / 180) * Math.cos((pitchDeg * Math.PI) / 180) * Math.min(1, sharp);
}
