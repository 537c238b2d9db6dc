import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWalk, beginWalk, continueWalk, emptyFloor, gridOf, MOST_STEPS, type Walk } from '../../../src/audience/floor/index.ts';
import { floorSumsSchema } from '../../../src/contract/index.ts';

/** 6 columns, whose middle stands before the screen, by 6 rows of half a metre. */
const GRID = gridOf({ nearestM: 0, furthestM: 3, halfAngleDeg: 30 });
const cell = (column: number, row: number) => row * GRID.columns + column;
const middleOf = (column: number, row: number) => ({ x: (column + 0.5 - GRID.columns / 2) * GRID.cellM, y: (row + 0.5) * GRID.cellM });

/** Looks ten times a second; at each place for as many tenths as are told. */
function walk(...stops: readonly (readonly [place: { x: number; y: number }, tenths: number])[]): Walk {
  const looks = stops.flatMap(([place, tenths]) => Array.from({ length: tenths }, () => place));
  return looks.slice(1).reduce((before, place, index) => continueWalk(before, GRID, place, 100 * (index + 1), MOST_STEPS), beginWalk(GRID, looks[0]!, 0));
}

describe('the watched floor', () => {
  it('is where the screen can be seen, and never more than fits one release', () => {
    expect(GRID).toEqual({ cellM: 0.5, columns: 6, rows: 6 });
    const { columns, rows } = gridOf({ nearestM: 0, furthestM: 50, halfAngleDeg: 90 });
    expect(4 * columns * rows).toBeLessThanOrEqual(4_000);
    floorSumsSchema.parse(emptyFloor(GRID));
  });

  it('adds up how long people stood where', () => {
    const [a, b] = [walk([middleOf(2, 1), 51]), walk([middleOf(4, 5), 21])];
    const { stayMs, steps } = addWalk(addWalk(emptyFloor(GRID), a), b);
    expect(stayMs[cell(2, 1)]).toBe(5_000);
    expect(stayMs[cell(4, 5)]).toBe(2_000);
    expect(stayMs.reduce((sum, ms) => sum + ms, 0)).toBe(7_000);
    expect(steps.flat().every((count) => count === 0)).toBe(true);
  });

  it('counts the steps from cell to cell, with their direction', () => {
    const { steps } = addWalk(emptyFloor(GRID), walk([middleOf(1, 4), 10], [middleOf(3, 4), 40], [middleOf(3, 2), 40]));
    expect(steps[cell(1, 4)]).toEqual([0, 1, 0, 0]);
    expect(steps[cell(2, 4)]).toEqual([0, 1, 0, 0]);
    expect(steps[cell(3, 4)]).toEqual([0, 0, 1, 0]);
    expect(steps[cell(3, 3)]).toEqual([0, 0, 1, 0]);
    expect(steps.flat().reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  it('counts no steps of somebody who stands on a line, and none beside the floor', () => {
    const onLine = walk(...Array.from({ length: 60 }, (_, index) => [{ x: 0.05 * Math.sin(index), y: 1.25 }, 1] as const));
    expect(onLine.steps).toEqual([]);
    const outside = walk([{ x: -9, y: 1 }, 20]);
    expect([outside.cell, outside.stayMs.size]).toEqual([null, 0]);
  });

  it('knows the mean distance from the screen', () => {
    expect(walk([{ x: 0, y: 2 }, 30]).distanceM).toBeCloseTo(2, 9);
  });

  it('takes no more of one visit than the noise covers, whatever somebody does', () => {
    const place = fc.record({ x: fc.double({ min: -3, max: 3, noNaN: true }), y: fc.double({ min: -1, max: 4, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.integer({ min: 1, max: 60 })), { minLength: 1, maxLength: 60 }), (stops) => {
        const floor = floorSumsSchema.parse(addWalk(emptyFloor(GRID), walk(...stops)));
        expect(floor.stayMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(60_000);
        expect(floor.steps.flat().reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(20);
      }),
    );
    const hour = addWalk(emptyFloor(GRID), walk([middleOf(2, 2), 18_000], [middleOf(3, 2), 18_000]));
    expect(hour.stayMs[cell(2, 2)]! / hour.stayMs[cell(3, 2)]!).toBeCloseTo(1, 2);
    expect(hour.stayMs.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(59_990);
  });
});
