import fc from 'fast-check';
import { AGE_BANDS, type Visit } from '../../src/contract/index.ts';
import type { Uniform } from '../../src/statistics/index.ts';

/** Draws that make every noise zero, at any scale, and round every part down. */
export const quiet: Uniform = (below) => (below === 2n ? 1n : 0n);

export function visit(fields: Partial<Visit> = {}): Visit {
  const nobodyKnows = { bands: AGE_BANDS.map(() => 0), bandUnknown: 1, ages: { '18-24': 0, '25-44': 0, '45-64': 0, '65+': 0, unknown: 1 }, genders: { female: 0, male: 0, unknown: 1 } };
  return { enterMs: 0, leaveMs: 4_000, dwellMs: 4_000, attentionMs: 2_000, watcher: true, opportunityToSee: true, distanceM: null, smilingMs: null, zones: [], groups: nobodyKnows, ...fields };
}

const durationMs = fc.oneof(fc.nat(10_000), fc.nat(100_000_000));
const shares = (count: number): fc.Arbitrary<number[]> =>
  fc.array(fc.nat(1_000), { minLength: count, maxLength: count }).map((weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return total === 0 ? weights.map((_, index) => (index === 0 ? 1 : 0)) : weights.map((weight) => weight / total);
  });

/** Any visit at all, also absurd ones: days long, with a hundred hands. */
export const anyVisit = (shelves: readonly string[]): fc.Arbitrary<Visit> =>
  fc
    .record({
      dwellMs: durationMs,
      attentionMs: durationMs,
      smilingMs: fc.option(durationMs),
      opportunityToSee: fc.boolean(),
      zones: fc.tuple(...shelves.map((id) => fc.record({ id: fc.constant(id), lookingMs: fc.oneof(fc.double({ min: 0, max: 1e8, noNaN: true }), durationMs), reaches: fc.nat(100) }))),
      bands: shares(AGE_BANDS.length + 1),
      genders: shares(3),
    })
    .map(({ bands, genders: [female = 0, male = 0, unknown = 0], ...fields }) =>
      visit({ ...fields, groups: { ...visit().groups, bands: bands.slice(0, -1), bandUnknown: bands.at(-1) ?? 0, genders: { female, male, unknown } } }),
    );
