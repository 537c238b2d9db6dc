import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeCamera, summarise, type CameraSummary } from '../../../src/audience/index.ts';
import { calibrationSchema, type Calibration } from '../../../src/contract/index.ts';
import { seeded } from '../tracking/shop-films.ts';
import { ABOVE_PANEL, calibrationOf, photograph, type KnownCamera } from './cameras.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
/** Cameras as they hang in shops, and rectangles that they see whole. */
const plausible = fc
  .record({ heightM: number(0.8, 5), tiltDeg: number(-5, 60), rollDeg: number(-8, 8), focal: number(0.45, 2), widthM: number(1, 4), depthM: number(1, 4), nearM: number(1, 5), turnDeg: number(-40, 40), middleX: number(-1.5, 1.5) })
  .filter(({ widthM, depthM, nearM, turnDeg, middleX, ...camera }) => isSeen(camera, { widthM, depthM, nearM, turnDeg, middleX }));

function isSeen(camera: KnownCamera, floor: { widthM: number; depthM: number; nearM: number; turnDeg: number; middleX: number }): boolean {
  try {
    const { quadrilateral, aspect } = calibrationOf(camera, floor);
    const [a, b, c, d] = quadrilateral;
    const area = Math.abs((a.x - c.x) * (b.y - d.y) - (b.x - d.x) * (a.y - c.y)) / 2;
    return area > 0.02 && Math.abs(a.x - b.x) * aspect > 0.1 && a.y + b.y > c.y + d.y + 0.1 && a.x + d.x < b.x + c.x && quadrilateral.every(({ x, y }) => x > -0.5 && x < 1.5 && y > -0.5 && y < 1.5);
  } catch {
    return false;
  }
}

describe('the place of a camera', () => {
  it('is found exactly from exact corners', () => {
    const found = summarise(placeCamera(calibrationOf(ABOVE_PANEL)));
    expect(found.heightM).toBeCloseTo(2.1, 9);
    expect(found.tiltDeg).toBeCloseTo(18, 9);
    expect(found.rollDeg).toBeCloseTo(0, 9);
    expect(found.verticalViewDeg).toBeCloseTo((2 * Math.atan(0.5 / 0.9) * 180) / Math.PI, 9);
    expect(found.horizonY).toBeCloseTo(0.5 - 0.9 * Math.tan((18 * Math.PI) / 180), 9);
  });

  it('is found to a millionth for whatever camera, however the rectangle lies', () => {
    fc.assert(
      fc.property(plausible, ({ widthM, depthM, nearM, turnDeg, middleX, ...camera }) => {
        const place = placeCamera(calibrationOf(camera, { widthM, depthM, nearM, turnDeg, middleX }));
        const found = summarise(place);
        expect(Math.abs(found.heightM - camera.heightM)).toBeLessThan(1e-6);
        expect(Math.abs(found.tiltDeg - camera.tiltDeg)).toBeLessThan(1e-6);
        expect(Math.abs(found.rollDeg - camera.rollDeg)).toBeLessThan(1e-6);
        expect(Math.abs(place.focal - camera.focal)).toBeLessThan(1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('lies beside the screen by as much as the installer measured', () => {
    const found = summarise(placeCamera(calibrationOf(ABOVE_PANEL, {}, { screen: { widthM: 1, heightM: 2, rightM: 0.8, upM: 0 } })));
    expect(found.foot).toEqual({ x: -0.8, y: 0 });
  });

  it('stands corners that are a pixel off: nine heights in ten within 2 %, nine focal lengths in ten within 3 %', () => {
    const random = seeded(11);
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const wobbly = (calibration: Calibration): Calibration => ({
      ...calibration,
      quadrilateral: calibration.quadrilateral.map(({ x, y }) => ({ x: x + normal() / 1280, y: y + normal() / 720 })) as unknown as Calibration['quadrilateral'],
    });
    const cameras: KnownCamera[] = [1.6, 2.1, 2.8].flatMap((heightM) => [10, 20, 30].map((tiltDeg) => ({ heightM, tiltDeg, focal: 0.9 })));
    const errors = cameras.flatMap((camera) =>
      Array.from({ length: 40 }, () => {
        const place = placeCamera(wobbly(calibrationOf(camera, { widthM: 2, depthM: 3, nearM: 2.5 })));
        return { height: Math.abs(place.at.z / camera.heightM - 1), focal: Math.abs(place.focal / camera.focal - 1) };
      }),
    );
    const ofNineInTen = (figure: 'height' | 'focal'): number => errors.map((error) => error[figure]).sort((a, b) => a - b)[0.9 * errors.length]!;
    expect(ofNineInTen('height')).toBeLessThan(0.02);
    expect(ofNineInTen('focal')).toBeLessThan(0.03);
  });
});

describe('a calibration is refused', () => {
  const good = calibrationOf(ABOVE_PANEL);
  const [a, b, c, d] = good.quadrilateral;
  const withCorners = (...quadrilateral: Calibration['quadrilateral']): Calibration => ({ ...good, quadrilateral });
  const shelf = (fields: Partial<Calibration['shelves'][number]>): Calibration => ({
    ...good,
    shelves: [{ id: 'bread', name: 'Bread', corners: [{ x: 0.7, y: 0.3 }, { x: 0.9, y: 0.3 }, { x: 0.9, y: 0.6 }, { x: 0.7, y: 0.6 }], foot: { x: 0.8, y: 0.8 }, ...fields }],
  });
  const cases: readonly (readonly [string, Calibration, string, RegExp])[] = [
    ['whose sides cross', withCorners(a, b, d, c), 'calibration-corners-cross', /near left, near right, far right, far left/],
    ['with a corner that points inwards', withCorners(a, b, { x: 0.45, y: a.y - 0.02 }, d), 'calibration-corner-reflex', /far right corner/],
    ['that is mirrored', withCorners(b, a, d, c), 'calibration-corner-order', /mirrored/],
    ['that begins far away', withCorners(c, d, a, b), 'calibration-corner-order', /near is low in the picture/],
    ['that begins with near right', withCorners(b, c, d, a), 'calibration-corner-order', /near left/],
    ['with three corners in a line', withCorners(a, b, { x: (b.x + d.x) / 2, y: (b.y + d.y) / 2 }, d), 'calibration-corners-in-line', /in a line/],
    ['with two corners in one place', withCorners(a, a, c, d), 'calibration-corners-in-line', /near left corner/],
    ['that is tiny', calibrationOf(ABOVE_PANEL, { widthM: 0.3, depthM: 0.3 }), 'calibration-too-small', /0\.\d+ % of the picture/],
    ['without perspective', withCorners({ x: 0.3, y: 0.7 }, { x: 0.7, y: 0.7 }, { x: 0.7, y: 0.3 }, { x: 0.3, y: 0.3 }), 'calibration-no-perspective', /straight down/],
    ['whose lengths no camera sees like this', { ...good, depthM: 0.7, widthM: 4 }, 'calibration-inconsistent', /4 × 0\.7 m/],
    ['that needs an impossible lens', { ...good, depthM: 20 }, 'calibration-view', /° × \d+°/],
    ['that hangs on the floor', calibrationOf({ heightM: 0.25, tiltDeg: 0, focal: 0.9 }, { nearM: 0.5, widthM: 1.5, depthM: 1.5 }), 'calibration-height', /0\.25 m above the floor/],
    ['that hangs in the sky', { ...good, widthM: 2 * 8, depthM: 2 * 8 }, 'calibration-height', /16\.80 m/],
    ['whose exposure zone ends before it begins', { ...good, exposure: { nearestM: 4, furthestM: 3, halfAngleDeg: 60 } }, 'calibration-exposure', /begins 4 m .* ends at 3 m/],
    ['with a shelf that floats above the horizon', shelf({ foot: { x: 0.8, y: 0.1 } }), 'calibration-shelf-foot', /"bread" .*\(0\.800, 0\.100\)/],
    ['with a shelf that crosses itself', shelf({ corners: [{ x: 0.7, y: 0.3 }, { x: 0.9, y: 0.6 }, { x: 0.9, y: 0.3 }, { x: 0.7, y: 0.6 }] }), 'calibration-shelf-outline', /crosses itself/],
    ['with two shelves of one name', { ...good, shelves: [...shelf({}).shelves, ...shelf({}).shelves] }, 'calibration-shelf-twice', /"bread"/],
  ];

  it.each(cases)('%s', (_, calibration, code, words) => {
    expect(() => placeCamera(calibration)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(words) as string }));
  });

  it('with words only, never with nonsense: whatever fits the schema is placed or refused', () => {
    const place = fc.record({ x: number(-0.5, 1.5), y: number(-0.5, 1.5) });
    fc.assert(
      fc.property(fc.tuple(place, place, place, place), number(0.1, 50), number(0.1, 50), number(0.3, 4), (quadrilateral, widthM, depthM, aspect) => {
        const calibration = calibrationSchema.parse({ ...good, quadrilateral, widthM, depthM, aspect });
        let found: CameraSummary;
        try {
          found = summarise(placeCamera(calibration));
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^calibration-/) as string });
          return;
        }
        expect(Object.values({ ...found, foot: 0 }).every(Number.isFinite)).toBe(true);
        expect(found.heightM).toBeGreaterThanOrEqual(0.3);
      }),
      { numRuns: 500 },
    );
  });

  it('never for a plausible camera', () => {
    fc.assert(fc.property(plausible, ({ widthM, depthM, nearM, turnDeg, middleX, ...camera }) => void placeCamera(calibrationOf(camera, { widthM, depthM, nearM, turnDeg, middleX }))));
    expect(photograph(ABOVE_PANEL, { x: 0, y: 3, z: 0 }).x).toBe(0.5);
  });
});
