import { scoreClear, scoreHota, scoreIdentity, compare, type ClearScore, type HotaScore, type Identified, type IdentityScore } from '../../../src/audience/scoring/index.ts';
import type { Detection, Tracker } from '../../../src/audience/tracking/index.ts';
import type { MotRow } from '../../../src/audience/mot-file.ts';

/** A sequence with a known truth: what a detector found in each picture, and who was really there. */
export interface Film {
  readonly pictures: readonly { readonly atMs: number; readonly detections: readonly Detection[]; readonly truth: readonly Identified[] }[];
}

export type Score = ClearScore & IdentityScore & HotaScore;

export function track(tracker: Tracker, film: Film): readonly (readonly Identified[])[] {
  return film.pictures.map(({ atMs, detections }) => tracker.step(atMs, detections));
}

export function scoreOf(tracker: Tracker, film: Film): Score {
  const told = track(tracker, film);
  const truth = film.pictures.map(({ truth: people }) => people);
  return scores(new Map(truth.entries()), new Map(told.entries()));
}

export function scores(truth: ReadonlyMap<number, readonly Identified[]>, result: ReadonlyMap<number, readonly Identified[]>): Score {
  const frames = compare(truth, result);
  return { ...scoreClear(frames), ...scoreIdentity(frames), ...scoreHota(frames) };
}

/** The rows of a truth and of a detector as a film. */
export function filmOf(truth: ReadonlyMap<number, readonly MotRow[]>, detections: ReadonlyMap<number, readonly MotRow[]>, fps: number): Film {
  const last = Math.max(...truth.keys(), ...detections.keys());
  return {
    pictures: Array.from({ length: last }, (_, index) => ({
      atMs: (index * 1000) / fps,
      detections: (detections.get(index + 1) ?? []).map(({ box, confidence }) => ({ box, score: confidence })),
      truth: truth.get(index + 1) ?? [],
    })),
  };
}
