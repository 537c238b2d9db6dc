import { assign } from '../assignment.ts';
import { lifetimes, MATCH_SIMILARITY, ROUNDING, share, type ComparedFrame } from './comparison.ts';

/** How well the people were found and kept apart, picture by picture. */
export interface ClearScore {
  /** 1 − (missed + spurious + switches) ÷ (matched + missed); below 0 when the mistakes outnumber the people. */
  readonly MOTA: number;
  /** Mean overlap of the matches, 0.5 to 1. */
  readonly MOTP: number;
  readonly TP: number;
  readonly FP: number;
  readonly FN: number;
  /** Matches with another identity than the one before. */
  readonly IDSW: number;
  /** How often somebody who had been lost was found again. */
  readonly Frag: number;
  /** People matched in more than 80 % of their pictures (mostly tracked), in less than 20 % (mostly lost), and the rest. */
  readonly MT: number;
  readonly PT: number;
  readonly ML: number;
}

interface Course {
  /** Identity that this person was last matched with, in whichever picture. */
  last: number | null;
  matched: number;
  /** Stretches of pictures without a gap. */
  stretches: number;
}

/** Stays with the pairs of the picture before, whatever else overlaps more: no sum of overlaps reaches this. */
const SAME_PAIR = 1_000;

/**
 * The CLEAR figures (Bernardin and Stiefelhagen, "Evaluating multiple object tracking performance", 2008), with the details
 * as TrackEval counts them: a picture without people or without results leaves the pairs of the picture before in force.
 */
export function scoreClear(frames: readonly ComparedFrame[]): ClearScore {
  const courses = new Map<number, Course>();
  let before: ReadonlyMap<number, number> = new Map();
  const count = { TP: 0, FP: 0, FN: 0, IDSW: 0, similarity: 0 };

  for (const { truths, results, similarity } of frames) {
    if (truths.length === 0 || results.length === 0) {
      count.FN += truths.length;
      count.FP += results.length;
      continue;
    }
    const pairs = new Map<number, number>();
    const partners = assign(truths.map((truth, row) => results.map((result, column) => worth(similarity[row]?.[column] ?? 0, before.get(truth) === result))));
    for (const [row, truth] of truths.entries()) {
      const column = partners[row] ?? null;
      const result = column === null ? undefined : results[column];
      if (column === null || result === undefined) continue;
      const course = courses.get(truth) ?? { last: null, matched: 0, stretches: 0 };
      courses.set(truth, course);
      if (course.last !== null && course.last !== result) count.IDSW += 1;
      if (!before.has(truth)) course.stretches += 1;
      course.last = result;
      course.matched += 1;
      count.similarity += similarity[row]?.[column] ?? 0;
      pairs.set(truth, result);
    }
    count.TP += pairs.size;
    count.FN += truths.length - pairs.size;
    count.FP += results.length - pairs.size;
    before = pairs;
  }

  const tracked = [...lifetimes(frames).truths].map(([truth, pictures]) => (courses.get(truth)?.matched ?? 0) / pictures);
  const MT = tracked.filter((part) => part > 0.8).length;
  const ML = tracked.filter((part) => part < 0.2).length;
  const { TP, FP, FN, IDSW } = count;
  return {
    MOTA: TP + FN === 0 ? 0 : 1 - (FN + FP + IDSW) / (TP + FN),
    MOTP: share(count.similarity, TP),
    TP,
    FP,
    FN,
    IDSW,
    Frag: [...courses.values()].reduce((sum, { stretches }) => sum + stretches - 1, 0),
    MT,
    PT: tracked.length - MT - ML,
    ML,
  };
}

function worth(similarity: number, samePair: boolean): number {
  return similarity < MATCH_SIMILARITY - ROUNDING ? 0 : similarity + (samePair ? SAME_PAIR : 0);
}
