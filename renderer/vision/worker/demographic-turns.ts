import type { Face } from '../../../src/contract/index.ts';

/** A face smaller than this says nothing reliable about age. */
const MIN_FACE_PX = 60;
const MAX_YAW_DEG = 30;
const MAX_PITCH_DEG = 25;
/** A sample older than this no longer counts as somebody's turn. */
const FORGET_MS = 30_000;
/** In face sizes: less than from one head to the next. */
const SAME_PLACE = 0.75;

export interface DemographicTurns {
  /**
   * Index of the face whose turn it is, or `null`: nobody passes the quality gate, or the time is used up. Among those who
   * pass, the place that was sampled longest ago comes first.
   */
  choose(faces: readonly Face[], size: { readonly widthPx: number; readonly heightPx: number }, atMs: number): number | null;
  /** Books a sample of `face` that took `costMs`. */
  book(face: Face, atMs: number, costMs: number): void;
}

/**
 * Shares the age and gender net among the faces, within `budgetMs` of each second. It knows places of the last half minute,
 * not people: there are no numbers or features that would follow anybody.
 */
export function createDemographicTurns(budgetMs: number): DemographicTurns {
  let samples: { readonly x: number; readonly y: number; readonly atMs: number }[] = [];
  let balanceMs = budgetMs;
  let filledMs: number | null = null;

  function lastSampled(face: Face): number {
    const { x, y } = centre(face);
    const near = samples.filter((sample) => Math.abs(sample.x - x) < SAME_PLACE * face.box.width && Math.abs(sample.y - y) < SAME_PLACE * face.box.height);
    return Math.max(Number.NEGATIVE_INFINITY, ...near.map((sample) => sample.atMs));
  }

  return {
    choose(faces, size, atMs) {
      balanceMs = Math.min(budgetMs, balanceMs + ((atMs - (filledMs ?? atMs)) * budgetMs) / 1000);
      filledMs = atMs;
      if (budgetMs === 0 || balanceMs <= 0) return null;
      samples = samples.filter((sample) => atMs - sample.atMs < FORGET_MS);
      const turns = faces
        .map((face, index) => ({ face, index, sampledMs: lastSampled(face) }))
        .filter(({ face }) => passesGate(face, size))
        .sort((a, b) => (a.sampledMs === b.sampledMs ? b.face.box.width - a.face.box.width : a.sampledMs - b.sampledMs));
      return turns[0]?.index ?? null;
    },
    book(face, atMs, costMs) {
      samples.push({ ...centre(face), atMs });
      balanceMs -= costMs;
    },
  };
}

function passesGate({ box, yawDeg, pitchDeg }: Face, size: { readonly widthPx: number; readonly heightPx: number }): boolean {
  const facePx = Math.min(box.width * size.widthPx, box.height * size.heightPx);
  return facePx >= MIN_FACE_PX && yawDeg !== null && pitchDeg !== null && Math.abs(yawDeg) <= MAX_YAW_DEG && Math.abs(pitchDeg) <= MAX_PITCH_DEG;
}

function centre({ box }: Face): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
