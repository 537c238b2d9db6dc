import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '../../src/audience/assignment.ts';

/** The best sum that any pairing reaches, by trying them all. */
function bestByForce(likeness: readonly (readonly number[])[], row = 0, taken: ReadonlySet<number> = new Set()): number {
  if (row === likeness.length) return 0;
  const alone = bestByForce(likeness, row + 1, taken);
  const paired = (likeness[row] ?? []).map((value, column) => (taken.has(column) ? 0 : value + bestByForce(likeness, row + 1, new Set([...taken, column]))));
  return Math.max(alone, ...paired);
}

describe('assignment', () => {
  it('gives up a good pair where that makes two better ones', () => {
    expect(assign([[0.9, 0.8], [0.8, 0.1]])).toEqual([1, 0]);
  });

  it('makes no pair of likeness 0', () => {
    expect(assign([[0, 0.5], [0, 0]])).toEqual([1, null]);
    expect(assign([[], []])).toEqual([null, null]);
    expect(assign([])).toEqual([]);
  });

  it('reaches the best sum there is, one to one, whatever the shape', () => {
    const matrix = fc.integer({ min: 0, max: 5 }).chain((columns) => fc.array(fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: columns, maxLength: columns }), { maxLength: 5 }));
    fc.assert(
      fc.property(matrix, (likeness) => {
        const partners = assign(likeness);
        const columns = partners.filter((column) => column !== null);
        expect(new Set(columns).size).toBe(columns.length);
        const sum = partners.reduce<number>((total, column, row) => total + (column === null ? 0 : likeness[row]![column]!), 0);
        expect(sum).toBeCloseTo(bestByForce(likeness), 9);
      }),
      { numRuns: 200 },
    );
  });
});
