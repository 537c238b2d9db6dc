import type { Calibration } from '../../../src/contract/index.ts';

/** A camera that is known exactly: metres above the floor, degrees down and to its right, focal length in picture heights. */
export interface KnownCamera {
  readonly heightM: number;
  readonly tiltDeg: number;
  readonly rollDeg?: number;
  readonly focal: number;
  readonly aspect?: number;
}

export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export const ABOVE_PANEL: KnownCamera = { heightM: 2.1, tiltDeg: 18, focal: 0.9 };
const ASPECT = 16 / 9;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/**
 * Where a pinhole camera at (0, 0, height) shows a place of the shop (x right, y away, z up), in fractions of the picture.
 * Written out by rotations, without the code under test. @throws when the place is behind the camera
 */
export function photograph({ heightM, tiltDeg, rollDeg = 0, focal, aspect = ASPECT }: KnownCamera, { x, y, z }: Spot): { x: number; y: number } {
  const tilt = radians(tiltDeg);
  const roll = radians(rollDeg);
  const depth = y * Math.cos(tilt) + (heightM - z) * Math.sin(tilt);
  const down = (heightM - z) * Math.cos(tilt) - y * Math.sin(tilt);
  if (depth <= 0) throw new Error('behind the camera');
  // A camera that leans to its right shows the world leaning to the left.
  const right = x * Math.cos(roll) + down * Math.sin(roll);
  const below = down * Math.cos(roll) - x * Math.sin(roll);
  return { x: 0.5 + (focal * right) / depth / aspect, y: 0.5 + (focal * below) / depth };
}

/** The rectangle on the floor whose near side is `nearM` from the camera, turned by `turnDeg` about the middle of that side. */
export function rectangle(widthM: number, depthM: number, nearM: number, turnDeg = 0, middleX = 0): readonly [Spot, Spot, Spot, Spot] {
  const turn = radians(turnDeg);
  const spot = (u: number, v: number): Spot => ({ x: middleX + u * Math.cos(turn) - v * Math.sin(turn), y: nearM + u * Math.sin(turn) + v * Math.cos(turn), z: 0 });
  return [spot(-widthM / 2, 0), spot(widthM / 2, 0), spot(widthM / 2, depthM), spot(-widthM / 2, depthM)];
}

/** What an installer would write down who makes no mistakes. */
export function calibrationOf(camera: KnownCamera, { widthM = 2, depthM = 2, nearM = 2.5, turnDeg = 0, middleX = 0 } = {}, fields: Partial<Calibration> = {}): Calibration {
  const [a, b, c, d] = rectangle(widthM, depthM, nearM, turnDeg, middleX);
  return {
    v: 1,
    aspect: camera.aspect ?? ASPECT,
    quadrilateral: [photograph(camera, a), photograph(camera, b), photograph(camera, c), photograph(camera, d)],
    widthM,
    depthM,
    screen: { widthM: 1.2, heightM: 0.7, rightM: 0, upM: -0.4 },
    exposure: { nearestM: 0.5, furthestM: 6, halfAngleDeg: 60 },
    shelves: [],
    ...fields,
  };
}
