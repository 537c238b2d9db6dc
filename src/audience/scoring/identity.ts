import { assign } from '../assignment.ts';
import { lifetimes, MATCH_SIMILARITY, ROUNDING, share, type ComparedFrame } from './comparison.ts';

/** How long each person kept one identity. */
export interface IdentityScore {
  readonly IDF1: number;
  /** Share of the told boxes that carry the right identity, and of the true ones that were told with it. */
  readonly IDP: number;
  readonly IDR: number;
  readonly IDTP: number;
  readonly IDFP: number;
  readonly IDFN: number;
}

/**
 * The ID figures (Ristani, Solera, Zou, Cucchiara and Tomasi, "Performance measures and a data set for multi-target,
 * multi-camera tracking", 2016): for the whole film, people and identities are paired one to one so that as many boxes as
 * possible agree.
 */
export function scoreIdentity(frames: readonly ComparedFrame[]): IdentityScore {
  const { truths, results } = lifetimes(frames);
  const rowOf = new Map([...truths.keys()].map((id, index) => [id, index]));
  const columnOf = new Map([...results.keys()].map((id, index) => [id, index]));
  const agreements = [...rowOf].map(() => new Array<number>(columnOf.size).fill(0));

  for (const frame of frames) {
    for (const [index, truth] of frame.truths.entries()) {
      const row = agreements[rowOf.get(truth) ?? -1] ?? [];
      for (const [other, result] of frame.results.entries()) {
        const column = columnOf.get(result) ?? -1;
        if ((frame.similarity[index]?.[other] ?? 0) >= MATCH_SIMILARITY - ROUNDING) row[column] = (row[column] ?? 0) + 1;
      }
    }
  }

  const IDTP = assign(agreements).reduce<number>((sum, column, row) => sum + (column === null ? 0 : (agreements[row]?.[column] ?? 0)), 0);
  const IDFN = total(truths) - IDTP;
  const IDFP = total(results) - IDTP;
  return { IDF1: share(2 * IDTP, 2 * IDTP + IDFP + IDFN), IDP: share(IDTP, IDTP + IDFP), IDR: share(IDTP, IDTP + IDFN), IDTP, IDFP, IDFN };
}

function total(counts: ReadonlyMap<number, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
