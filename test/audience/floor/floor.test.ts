import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addStay, calibrateFloor, distanceToBody, distanceToFace, emptyHeatMap, feet, focalFromPerson, focalFromView, onFloor } from '../../../src/audience/floor/index.ts';

/** A camera 2.5 m above the floor that looks down by 20°; the floor's y runs away from it. Picture heights. */
const FOCAL = 0.9;
const TILT = (20 * Math.PI) / 180;
function inPicture({ x, y }: { x: number; y: number }) {
  const depth = y * Math.cos(TILT) + 2.5 * Math.sin(TILT);
  const below = 2.5 * Math.cos(TILT) - y * Math.sin(TILT);
  return { x: 0.9 + (FOCAL * x) / depth, y: 0.5 + (FOCAL * below) / depth };
}
const mark = (x: number, y: number) => ({ picture: inPicture({ x, y }), floor: { x, y } });
const MARKS = [mark(-1.5, 2), mark(1.5, 2), mark(-2, 6), mark(2, 6)];

describe('a calibrated floor', () => {
  it('finds every place again that a real camera would show', () => {
    const floor = calibrateFloor(MARKS);
    fc.assert(
      fc.property(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: 1, max: 12, noNaN: true }), (x, y) => {
        const found = onFloor(floor, inPicture({ x, y }))!;
        expect(found.x).toBeCloseTo(x, 6);
        expect(found.y).toBeCloseTo(y, 6);
      }),
    );
  });

  it('evens out the errors of many marks', () => {
    const wobble = [0.004, -0.003, 0.002, -0.004, 0.003, -0.002, 0.001, -0.001, 0.002];
    const places = [-2, 0, 2].flatMap((x) => [2, 4, 6].map((y) => ({ x, y })));
    const measured = (count: number) => calibrateFloor(places.slice(0, count).map((place, index) => ({ floor: place, picture: { x: inPicture(place).x + wobble[index]!, y: inPicture(place).y - wobble[(index + 4) % 9]! } })));
    const { x, y } = onFloor(measured(9), inPicture({ x: 1, y: 5 }))!;
    expect(Math.hypot(x - 1, y - 5)).toBeLessThan(0.15);
  });

  it('ends at the horizon', () => {
    const horizon = 0.5 - FOCAL * Math.tan(TILT);
    expect(onFloor(calibrateFloor(MARKS), { x: 0.9, y: horizon + 0.01 })!.y).toBeGreaterThan(30);
    expect(onFloor(calibrateFloor(MARKS), { x: 0.9, y: horizon - 0.01 })).toBeNull();
  });

  it.each([
    ['three marks', MARKS.slice(0, 3), '3 marks do not fix a floor'],
    ['marks in a line', [mark(0, 2), mark(0, 3), mark(0, 4), mark(1, 5)], 'three of them lie in a line'],
    ['one place', [mark(0, 2), mark(0, 2), mark(0, 2), mark(0, 2)], 'all marks are in one place'],
  ])('is refused with %s', (_, marks, why) => {
    expect(() => calibrateFloor(marks)).toThrow(why);
  });
});

describe('a heat map', () => {
  it('adds up who stood where, and leaves out what is beside the floor', () => {
    const stays = [{ x: 0.2, y: 0.2 }, { x: 0.4, y: 0.1 }, { x: 1.1, y: 0.6 }, { x: -0.1, y: 0 }, { x: 0, y: 1.5 }];
    const map = stays.reduce((before, place) => addStay(before, place, 100), emptyHeatMap(1.4, 1, 0.5));
    expect(map).toEqual({ cellM: 0.5, columns: 3, rows: 2, stayMs: [200, 0, 0, 0, 0, 100] });
  });

  it('stands people on their feet', () => {
    expect(feet({ x: 1, y: 2, width: 4, height: 6 })).toEqual({ x: 3, y: 8 });
  });
});

describe('distance', () => {
  it('follows from the field of view or from one measured person', () => {
    // At 53.13° a picture is as high as it is far away.
    expect(focalFromView(53.130_102)).toBeCloseTo(1, 6);
    expect(distanceToBody({ x: 0, y: 0.2, width: 0.2, height: 0.5 }, focalFromView(53.130_102))).toBeCloseTo(3.4, 6);
    const focal = focalFromPerson(0.6, 4);
    expect(distanceToBody({ x: 0, y: 0.1, width: 0.2, height: 0.6 }, focal)).toBeCloseTo(4, 9);
    expect(distanceToBody({ x: 0, y: 0.1, width: 0.2, height: 0.3 }, focal)).toBeCloseTo(8, 9);
  });

  it('is not read off a body that is cut off, but off its face', () => {
    const focal = focalFromView(50);
    expect(distanceToBody({ x: 0, y: 0.1, width: 0.5, height: 0.95 }, focal)).toBeNull();
    expect(distanceToFace({ x: 0, y: 0.1, width: 0.1, height: 0.2 }, focal)).toBeCloseTo((0.26 * focal) / 0.2, 9);
  });
});
