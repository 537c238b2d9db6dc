import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atHeight, facingCamera, floorAt, inPicture, onUpright, placeCamera, rayThrough, summarise } from '../../../src/audience/index.ts';
import { ABOVE_PANEL, calibrationOf, photograph, type KnownCamera } from './cameras.ts';

const LEANING: KnownCamera = { ...ABOVE_PANEL, rollDeg: 5 };
const camera = placeCamera(calibrationOf(LEANING, { turnDeg: 10 }));
const spot = fc.record({ x: fc.double({ min: -4, max: 4, noNaN: true }), y: fc.double({ min: 0.8, max: 12, noNaN: true }), z: fc.double({ min: 0, max: 2, noNaN: true }) });

describe('what a picture shows', () => {
  it('is where a real camera would show it', () => {
    fc.assert(
      fc.property(spot, (place) => {
        const shown = inPicture(camera, place)!;
        const truth = photograph(LEANING, place);
        expect(Math.hypot(shown.x - truth.x, shown.y - truth.y)).toBeLessThan(1e-8);
      }),
    );
  });

  it('is found again on the floor, at its height, and on a plane through its foot', () => {
    fc.assert(
      fc.property(spot, (place) => {
        const { x, y } = floorAt(camera, photograph(LEANING, { ...place, z: 0 }))!;
        expect(Math.hypot(x - place.x, y - place.y)).toBeLessThan(1e-6);
        // At eye level a camera at eye level sees no depth.
        if (Math.abs(place.z - 2.1) > 0.2) {
          const high = atHeight(camera, photograph(LEANING, place), place.z)!;
          expect(Math.hypot(high.x - place.x, high.y - place.y)).toBeLessThan(1e-6);
        }
        const upright = onUpright(camera, photograph(LEANING, place), facingCamera(camera, place))!;
        expect(Math.hypot(upright.x - place.x, upright.y - place.y, upright.z - place.z)).toBeLessThan(1e-6);
      }),
    );
  });

  it('ends at the horizon: there is no floor above it, and nothing behind the camera', () => {
    const level = placeCamera(calibrationOf(ABOVE_PANEL));
    const { horizonY } = summarise(level);
    expect(floorAt(level, { x: 0.5, y: horizonY + 0.01 })!.y).toBeGreaterThan(100);
    expect(floorAt(level, { x: 0.5, y: horizonY - 0.01 })).toBeNull();
    expect(floorAt(level, { x: 0.5, y: horizonY })).toBeNull();
    expect(inPicture(level, { x: 0, y: -1, z: 2 })).toBeNull();
    expect(onUpright(level, { x: 0.5, y: 0.5 }, { foot: { x: 0, y: -2 }, facing: { x: 0, y: 1 } })).toBeNull();
    expect(onUpright(level, { x: 0.5, y: 0.5 }, { foot: { x: 1, y: 2 }, facing: { x: 1, y: 0 } })).toBeNull();
  });

  it('lies on a ray from the camera, beside a screen beside it', () => {
    const beside = placeCamera(calibrationOf(ABOVE_PANEL, {}, { screen: { widthM: 1, heightM: 1, rightM: 0.5, upM: 0 } }));
    const { from, towards } = rayThrough(beside, { x: 0.5, y: 0.5 });
    expect(from.x).toBe(-0.5);
    expect(from.z).toBeCloseTo(2.1, 9);
    expect(Math.hypot(towards.x, towards.y, towards.z)).toBeCloseTo(1, 12);
    expect(floorAt(beside, photograph(ABOVE_PANEL, { x: 1, y: 3, z: 0 }))!.x).toBeCloseTo(0.5, 9);
  });
});
