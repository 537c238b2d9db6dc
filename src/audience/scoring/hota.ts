import { assign } from '../assignment.ts';
import { lifetimes, ROUNDING, share, type ComparedFrame } from './comparison.ts';

/** Finding and keeping apart in one balanced figure, averaged over how exact a box must be. */
export interface HotaScore {
  readonly HOTA: number;
  /** How well people were found, 0 to 1. */
  readonly DetA: number;
  /** How well the finds of one person were held together, 0 to 1. */
  readonly AssA: number;
}

/** Similarities that a match must reach: 0.05 to 0.95. */
const ALPHAS = Array.from({ length: 19 }, (_, index) => 0.05 * (index + 1));

/** Numbers a pair of identities, one of the truth and one of the tracker. */
type Pairs = Map<number, Map<number, number>>;

/**
 * HOTA (Luiten, Ošep, Dendorfer, Torr, Geiger, Leal-Taixé and Leibe, "HOTA: a higher order metric for evaluating multi-object
 * tracking", IJCV 2020): at each bar the geometric mean of detection and association accuracy, then the mean over all bars.
 */
export function scoreHota(frames: readonly ComparedFrame[]): HotaScore {
  const lives = lifetimes(frames);
  const jointly = softMatches(frames);
  const matches = frames.flatMap((frame) => matchesIn(frame, (truth, result) => togetherness(jointly, truth, result, lives)));
  const people = [...lives.truths.values()].reduce((sum, count) => sum + count, 0);
  const told = [...lives.results.values()].reduce((sum, count) => sum + count, 0);

  const scores = ALPHAS.map((alpha) => {
    const reached = matches.filter(({ similarity }) => similarity >= alpha - ROUNDING);
    const counts: Pairs = new Map();
    for (const { truth, result } of reached) add(counts, truth, result, 1);
    // A match weighs as much as the whole life of its pair has in common: TPA ÷ (TPA + FNA + FPA).
    const association = reached.reduce((sum, { truth, result }) => sum + togetherness(counts, truth, result, lives), 0);
    const DetA = share(reached.length, people + told - reached.length);
    const AssA = share(association, reached.length);
    return { HOTA: Math.sqrt(DetA * AssA), DetA, AssA };
  });
  const mean = (figure: keyof HotaScore): number => scores.reduce((sum, score) => sum + score[figure], 0) / scores.length;
  return { HOTA: mean('HOTA'), DetA: mean('DetA'), AssA: mean('AssA') };
}

/** For each pair of identities how much they matched over the whole film, a picture's match shared among all who overlap. */
function softMatches(frames: readonly ComparedFrame[]): Pairs {
  const pairs: Pairs = new Map();
  for (const { truths, results, similarity } of frames) {
    const ofTruth = similarity.map((row) => row.reduce((sum, value) => sum + value, 0));
    const ofResult = results.map((_, column) => similarity.reduce((sum, row) => sum + (row[column] ?? 0), 0));
    for (const [row, truth] of truths.entries()) {
      for (const [column, result] of results.entries()) {
        const value = similarity[row]?.[column] ?? 0;
        const all = (ofTruth[row] ?? 0) + (ofResult[column] ?? 0) - value;
        if (all > ROUNDING) add(pairs, truth, result, value / all);
      }
    }
  }
  return pairs;
}

interface Match {
  readonly truth: number;
  readonly result: number;
  readonly similarity: number;
}

/** One to one within a picture, so that pairs that go well together over the whole film come first. */
function matchesIn({ truths, results, similarity }: ComparedFrame, alignment: (truth: number, result: number) => number): readonly Match[] {
  const partners = assign(truths.map((truth, row) => results.map((result, column) => alignment(truth, result) * (similarity[row]?.[column] ?? 0))));
  return truths.flatMap((truth, row) => {
    const column = partners[row] ?? null;
    const result = column === null ? undefined : results[column];
    return column === null || result === undefined ? [] : [{ truth, result, similarity: similarity[row]?.[column] ?? 0 }];
  });
}

/** What two identities have in common, as a share of what either of them has. */
function togetherness(common: Pairs, truth: number, result: number, lives: ReturnType<typeof lifetimes>): number {
  const both = common.get(truth)?.get(result) ?? 0;
  return share(both, Math.max(1, (lives.truths.get(truth) ?? 0) + (lives.results.get(result) ?? 0) - both));
}

function add(pairs: Pairs, truth: number, result: number, amount: number): void {
  const row = pairs.get(truth) ?? new Map<number, number>();
  pairs.set(truth, row);
  row.set(result, (row.get(result) ?? 0) + amount);
}
