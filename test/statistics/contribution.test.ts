import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedContribution } from '../../src/statistics/contribution.ts';
import { cryptoUniform } from '../../src/statistics/index.ts';

const parts = fc.array(fc.oneof(fc.nat(50), fc.double({ min: 0, max: 5_000, noNaN: true })), { minLength: 1, maxLength: 40 });
const most = fc.integer({ min: 1, max: 1_000 });
const total = (amounts: readonly bigint[]): number => Number(amounts.reduce((sum, amount) => sum + amount, 0n));

describe('what a visit adds to a table', () => {
  it('is whole, never negative, and all together never more than the bound: whatever the visit, whatever the draw', () => {
    fc.assert(
      fc.property(parts, most, fc.nat(999_999), (given, bound, draw) => {
        const amounts = boundedContribution(given, bound, () => BigInt(draw));
        expect(amounts).toHaveLength(given.length);
        expect(amounts.every((amount) => amount >= 0n)).toBe(true);
        expect(total(amounts)).toBeLessThanOrEqual(bound);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has the expectation that was given, in each cell, as long as it is within the bound', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 1, maxLength: 8 }), (given) => {
        const draws = 500;
        const sums = given.map(() => 0);
        for (let draw = 0; draw < draws; draw++) {
          for (const [cell, amount] of boundedContribution(given, 100, () => BigInt((draw * 1_000_000) / draws)).entries()) sums[cell] = (sums[cell] ?? 0) + Number(amount);
        }
        // Equally spaced draws stand for all of them: off by less than one of 500.
        for (const [cell, sum] of sums.entries()) expect(Math.abs(sum / draws - given[cell]!)).toBeLessThan(1.5 / draws);
      }),
      { numRuns: 100 },
    );
  });

  it('is scaled down, not cut off cell by cell: proportions stay', () => {
    expect(boundedContribution([300, 100], 100, () => 500_000n)).toEqual([75n, 25n]);
    expect(boundedContribution([90, 30], 60, () => 0n)).toEqual([45n, 15n]);
  });

  it('is left as it is when it is whole and within the bound, whatever the draw', () => {
    for (const draw of [0n, 1n, 999_999n]) expect(boundedContribution([3, 0, 2], 5, () => draw)).toEqual([3n, 0n, 2n]);
  });

  it('asks for one draw, so that the rounding of a whole visit is that of one number', () => {
    let asked = 0;
    boundedContribution([0.5, 0.5, 0.5], 10, (below) => {
      asked++;
      return cryptoUniform(below);
    });
    expect(asked).toBe(1);
  });

  it.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY]])('refuses %s: that is no contribution', (part) => {
    expect(() => boundedContribution([1, part], 10, cryptoUniform)).toThrow(RangeError);
  });
});
