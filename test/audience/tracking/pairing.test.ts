import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from '../../../src/audience/assignment.ts';
import { straightness } from '../../../src/audience/tracking/direction.ts';
import { assignInGroups } from '../../../src/audience/tracking/group-assignment.ts';
import { overlap } from '../../../src/audience/tracking/overlap.ts';
import { TRACKER_PARAMETERS } from '../../../src/audience/tracking/parameters.ts';
import { beginPath, continuePath } from '../../../src/audience/tracking/path.ts';
import { pairInStages } from '../../../src/audience/tracking/stages.ts';

describe('pairing in groups', () => {
  it('reaches the same sum as pairing all at once', () => {
    // Mostly zeros: groups of all sizes.
    const matrix = fc.integer({ min: 0, max: 9 }).chain((columns) => fc.array(fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) }), { minLength: columns, maxLength: columns }), { maxLength: 9 }));
    const sum = (likeness: readonly (readonly number[])[], partners: readonly (number | null)[]) => partners.reduce<number>((total, column, row) => total + (column === null ? 0 : likeness[row]![column]!), 0);
    fc.assert(
      fc.property(matrix, (likeness) => {
        const partners = assignInGroups(likeness);
        const columns = partners.filter((column) => column !== null);
        expect(new Set(columns).size).toBe(columns.length);
        expect(partners.every((column, row) => column === null || likeness[row]![column]! > 0)).toBe(true);
        expect(sum(likeness, partners)).toBeCloseTo(sum(likeness, assign(likeness)), 9);
      }),
      { numRuns: 300 },
    );
  });
});

describe('pairing in stages', () => {
  it('gives each stage what those before have left', () => {
    const near = (limit: number) => (track: number, sighting: number) => Math.max(0, limit - Math.abs(track - sighting));
    const pairs = pairInStages([0, 10, 20], [1, 13, 28, 40], [{ likeness: near(2) }, { takesTrack: (track) => track !== 20, likeness: near(5) }, { takesSighting: (sighting) => sighting < 40, likeness: near(100) }]);
    expect([...pairs]).toEqual([[0, 1], [10, 13], [20, 28]]);
  });
});

describe('overlap', () => {
  it('is the shared share of two boxes', () => {
    const box = { x: 0, y: 0, width: 4, height: 2 };
    expect(overlap(box, box)).toBe(1);
    expect(overlap(box, { ...box, x: 2 })).toBeCloseTo(1 / 3, 12);
    expect(overlap(box, { ...box, x: 4 })).toBe(0);
    expect(overlap(box, { x: 1, y: 0.5, width: 2, height: 1 })).toBeCloseTo(2 / 8, 12);
  });
});

describe('straightness', () => {
  const at = (x: number, y: number) => ({ x, y, width: 1, height: 2 });
  const over = (directionOverMs: number) => ({ directionOverMs, directionFrom: 0.15 });
  const walked = [1, 2, 3].reduce((path, step) => continuePath(path, at(step, 0), 100 * step, TRACKER_PARAMETERS.motion), beginPath(at(0, 0), 0, TRACKER_PARAMETERS.motion));

  it('is a half straight on, nothing to the side, minus a half back', () => {
    expect(straightness(walked, at(5, 0), 400, over(100))).toBeCloseTo(0.5, 12);
    expect(straightness(walked, at(3, 4), 400, over(100))).toBeCloseTo(0, 12);
    expect(straightness(walked, at(1, 0), 400, over(100))).toBeCloseTo(-0.5, 12);
  });

  it('spans the time asked for: a step back within a long way is still on the way', () => {
    expect(straightness(walked, at(2.5, 0), 400, over(300))).toBeCloseTo(0.5, 12);
  });

  it('is nothing for who has stood or swayed, or was seen only once', () => {
    const stood = continuePath(beginPath(at(0, 0), 0, TRACKER_PARAMETERS.motion), at(0, 0), 100, TRACKER_PARAMETERS.motion);
    expect(straightness(stood, at(1, 0), 200, over(500))).toBe(0);
    const swayed = continuePath(beginPath(at(0, 0), 0, TRACKER_PARAMETERS.motion), at(0.2, 0), 100, TRACKER_PARAMETERS.motion);
    expect(straightness(swayed, at(1, 0), 200, over(500))).toBe(0);
    expect(straightness(beginPath(at(0, 0), 0, TRACKER_PARAMETERS.motion), at(1, 0), 100, over(500))).toBe(0);
  });
});
