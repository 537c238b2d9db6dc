import { LitfassError, type Calibration } from '../../contract/index.ts';
import type { Point } from '../geometry.ts';
import { summarise, type CameraPlace } from './camera-place.ts';
import { checkCorners, checkExposure, checkScreen, checkShelves } from './calibration-checks.ts';
import { homographyOf, type Corners, type Homography } from './homography.ts';
import { cross, dot, lengthOf, scale, subtract, unit, add, type Vector } from './vector.ts';

/** How much nearer one side of the rectangle must look than the other: less, and the focal length would be read from rounding. */
const LEAST_PERSPECTIVE = 0.02;
/** How far the sides that were found may be from a right angle (its cosine) and from their lengths (as a part of them). */
const MOST_MISFIT = 0.15;
/** How far the near side may run aslant to the picture before "near" and "left" change places, degrees. */
const MOST_ASLANT_DEG = 50;
const VIEW_DEG = { least: 15, most: 160 };
const HEIGHT_M = { least: 0.3, most: 12 };

/**
 * Finds the camera from a rectangle on its floor: pixels are square and the lens looks through the middle of the picture, so
 * the two lengths and the right angle fix the focal length (Zhang, "A flexible new technique for camera calibration", PAMI
 * 2000, section 2.3), and with it height, tilt, roll and the place below it.
 *
 * Exact corners give an exact place. Corners that stray by a pixel of 720 (standard deviation) give nine heights in ten to 2 %
 * and nine focal lengths in ten to 3 %, for a rectangle of 2 × 3 m that begins 2.5 m before cameras as they hang in shops.
 *
 * @throws LitfassError `calibration-…` when the corners, the panel's surroundings or a shelf cannot be as they were given
 */
export function placeCamera(calibration: Calibration): CameraPlace {
  const { quadrilateral, widthM, depthM, aspect, screen } = calibration;
  checkCorners(quadrilateral, aspect);
  checkExposure(calibration.exposure);
  const camera = aboveFloor(quadrilateral, calibration, `a floor of ${widthM} × ${depthM} m`);
  // The panel hangs beside the camera: space begins below it, not below the camera.
  const place: CameraPlace = { ...camera, at: { x: -screen.rightM, y: 0, z: camera.at.z } };
  checkScreen(screen, place);
  checkShelves(calibration.shelves, place);
  return place;
}

function aboveFloor(quadrilateral: Corners, { widthM, depthM, aspect }: Calibration, floor: string): CameraPlace {
  const [a, b, c, d] = quadrilateral;
  const fromMiddle = ({ x, y }: Point): Point => ({ x: (x - 0.5) * aspect, y: y - 0.5 });
  const mapping = homographyOf([fromMiddle(a), fromMiddle(b), fromMiddle(c), fromMiddle(d)], widthM, depthM);
  const focal = focalOf(mapping, widthM, depthM, floor);

  // The floor's two directions and its first corner as the camera sees them: x right, y down, z forward.
  const seen = ({ x, y, z }: Vector): Vector => ({ x: x / focal, y: y / focal, z });
  const u = seen(mapping.u);
  const v = seen(mapping.v);
  const misfit = Math.max(Math.abs(dot(unit(u), unit(v))), Math.abs(Math.log(lengthOf(u) / lengthOf(v))));
  if (misfit > MOST_MISFIT) {
    throw new LitfassError('calibration-inconsistent', `no camera sees ${floor} like this: its sides would be ${Math.round(100 * misfit)} % off; measure both lengths again, and see that widthM is the near side and depthM the left one.`);
  }
  const [along, away] = squared(unit(u), unit(v));
  const up = cross(along, away);
  const corner = scale(seen(mapping.origin), 1 / Math.sqrt(lengthOf(u) * lengthOf(v)));
  const heightM = -dot(up, corner);

  // Space as the camera sees it: y is where it looks, without the part that goes down.
  const y = unit(subtract({ x: 0, y: 0, z: 1 }, scale(up, up.z)));
  const x = cross(y, up);
  const aslantDeg = (Math.atan2(Math.abs(dot(along, y)), dot(along, x)) * 180) / Math.PI;
  if (aslantDeg > MOST_ASLANT_DEG) {
    throw new LitfassError('calibration-corner-order', `the side that was named near runs ${Math.round(aslantDeg)}° aslant to the picture; begin with the corner that is near and left as the camera sees it, then near right, far right, far left.`);
  }
  const inSpace = (direction: Vector): Vector => ({ x: dot(direction, x), y: dot(direction, y), z: dot(direction, up) });
  const camera: CameraPlace = {
    aspect,
    focal,
    at: { x: 0, y: 0, z: heightM },
    right: inSpace({ x: 1, y: 0, z: 0 }),
    down: inSpace({ x: 0, y: 1, z: 0 }),
    forward: inSpace({ x: 0, y: 0, z: 1 }),
  };
  checkPlausible(camera, floor);
  return camera;
}

/**
 * The floor's directions u and v are seen at a right angle and equally long, metre for metre: two equations for 1/f², which are
 * solved together. Each alone says nothing in some views: the first when the camera looks along a side, the second when it
 * looks along a diagonal.
 */
function focalOf({ u, v }: Homography, widthM: number, depthM: number, floor: string): number {
  if (Math.max(Math.abs(u.z) * widthM, Math.abs(v.z) * depthM) < LEAST_PERSPECTIVE) {
    throw new LitfassError('calibration-no-perspective', 'all sides of the rectangle look equally near, so that nothing says how far away they are; take a larger rectangle, or tilt the camera so that it does not look straight down.');
  }
  const equations = [
    { inverse: 2 * (u.x * v.x + u.y * v.y), rest: 2 * u.z * v.z },
    { inverse: u.x ** 2 + u.y ** 2 - v.x ** 2 - v.y ** 2, rest: u.z ** 2 - v.z ** 2 },
  ];
  const sum = (term: (equation: (typeof equations)[number]) => number): number => equations.reduce((total, equation) => total + term(equation), 0);
  const inverseSquare = -sum(({ inverse, rest }) => inverse * rest) / sum(({ inverse }) => inverse ** 2);
  if (!(inverseSquare > 0)) {
    throw new LitfassError('calibration-inconsistent', `no camera sees ${floor} like this; measure both lengths again, and see that widthM is the near side and depthM the left one.`);
  }
  return 1 / Math.sqrt(inverseSquare);
}

/** The nearest two directions at a right angle: both give way by half of what is wrong. */
function squared(a: Vector, b: Vector): readonly [Vector, Vector] {
  const middle = scale(unit(add(a, b)), Math.SQRT1_2);
  const apart = scale(unit(subtract(a, b)), Math.SQRT1_2);
  return [add(middle, apart), subtract(middle, apart)];
}

function checkPlausible(camera: CameraPlace, floor: string): void {
  const { heightM, verticalViewDeg, horizontalViewDeg } = summarise(camera);
  const [narrow, wide] = [Math.min(verticalViewDeg, horizontalViewDeg), Math.max(verticalViewDeg, horizontalViewDeg)];
  if (narrow < VIEW_DEG.least || wide > VIEW_DEG.most) {
    throw new LitfassError('calibration-view', `${floor} seen like this needs a lens that sees ${horizontalViewDeg.toFixed(0)}° × ${verticalViewDeg.toFixed(0)}°, where cameras see ${VIEW_DEG.least}° to ${VIEW_DEG.most}°; measure both lengths again and put the corners exactly on the marks.`);
  }
  if (heightM < HEIGHT_M.least || heightM > HEIGHT_M.most) {
    throw new LitfassError('calibration-height', `${floor} seen like this puts the camera ${heightM.toFixed(2)} m above the floor, where it hangs between ${HEIGHT_M.least} and ${HEIGHT_M.most} m; measure both lengths again, in metres.`);
  }
}
