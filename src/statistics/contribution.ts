import type { Uniform } from './uniform.ts';

/** Parts of a unit are reckoned in millionths: fine enough for a probability, and whole. */
const MILLION = 1_000_000n;

/**
 * What one visit adds to a table: whole numbers, all together at most `most`, whatever the visit was. Parts that are more than
 * that together are scaled down, so that their proportions stay. Then each is rounded up or down by one shared draw
 * (systematic sampling; Madow 1949): the sum of all is rounded like one number, so rounding cannot break the bound either, and
 * the expectation of each stays what it was to a millionth.
 *
 * @param parts in units of the table, none negative
 * @throws RangeError for a part that is negative or no number: that is no contribution
 */
export function boundedContribution(parts: readonly number[], most: number, uniform: Uniform): bigint[] {
  const exact = parts.map((part) => {
    if (!(part >= 0 && part < Number.MAX_SAFE_INTEGER / 1e6)) throw new RangeError(`${part} is no contribution to a sum`);
    return BigInt(Math.round(part * 1e6));
  });
  const limit = BigInt(most) * MILLION;
  const total = exact.reduce((sum, part) => sum + part, 0n);
  const clipped = total > limit ? exact.map((part) => (part * limit) / total) : exact;
  let reached = uniform(MILLION);
  return clipped.map((part) => {
    const before = reached / MILLION;
    reached += part;
    return reached / MILLION - before;
  });
}
