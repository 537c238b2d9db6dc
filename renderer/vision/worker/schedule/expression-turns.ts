import type { SampleCandidate } from './demographic-turns.ts';

/** An expression lasts; asking more often would cost more than it says. */
const EVERY_MS = 1_000;
const MIN_FACE_PX = 48;
const MAX_YAW_DEG = 30;
const MAX_PITCH_DEG = 25;

/** Whose expression to read in this picture: the one that was read longest ago. `null`: all are fresh, or none can be read. */
export function expressionTurn<Candidate extends SampleCandidate>(candidates: readonly Candidate[], atMs: number): Candidate | null {
  const readable = candidates
    .filter(({ followed, facePx, yawDeg, pitchDeg }) => atMs - followed.smileMs >= EVERY_MS && facePx >= MIN_FACE_PX && Math.abs(yawDeg) <= MAX_YAW_DEG && Math.abs(pitchDeg) <= MAX_PITCH_DEG)
    .sort((a, b) => a.followed.smileMs - b.followed.smileMs || b.facePx - a.facePx);
  return readable[0] ?? null;
}
