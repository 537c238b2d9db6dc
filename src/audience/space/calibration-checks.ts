import { LitfassError, type Calibration } from '../../contract/index.ts';
import type { Point } from '../geometry.ts';
import type { CameraPlace } from './camera-place.ts';
import type { Corners } from './homography.ts';
import { crossesItself, signedArea, turn } from './outline.ts';
import { floorAt } from './projection.ts';

const CORNER_NAMES = ['near left', 'near right', 'far right', 'far left'] as const;
/** In pictures. A smaller rectangle is known no better than a pixel is. */
const LEAST_AREA = 0.01;
/** Sine of the flattest corner: about 2°. */
const FLATTEST_CORNER = 0.035;
/** A panel that stands on the floor may seem to stand a little in it. */
const ROUGHLY_M = 0.3;

/** @throws LitfassError `calibration-…` unless the corners are those of a rectangle on the floor, in their order */
export function checkCorners(corners: Corners, aspect: number): void {
  const upright = corners.map(({ x, y }) => ({ x: x * aspect, y }));
  const turns = upright.map((corner, index) => sine(upright.at(index - 1) ?? corner, corner, upright[(index + 1) % 4] ?? corner));
  const flat = turns.findIndex((value) => Math.abs(value) < FLATTEST_CORNER);
  if (flat >= 0) {
    throw new LitfassError('calibration-corners-in-line', `the ${CORNER_NAMES[flat]} corner at ${place(corners[flat])} lies in a line with its neighbours; the rectangle must be seen from above, with four corners apart.`);
  }
  if (crossesItself(upright)) {
    throw new LitfassError('calibration-corners-cross', `the sides of the rectangle cross: ${named(corners)}; name the corners around it: near left, near right, far right, far left.`);
  }
  const clockwise = turns.filter((value) => value > 0).length;
  if (clockwise !== 0 && clockwise !== 4) {
    const odd = turns.findIndex((value) => value > 0 === clockwise < 2);
    throw new LitfassError('calibration-corner-reflex', `the ${CORNER_NAMES[odd]} corner at ${place(corners[odd])} points inwards; no rectangle looks like that from anywhere.`);
  }
  const [nearLeft, nearRight, farRight, farLeft] = corners;
  if (clockwise === 4 || nearLeft.y + nearRight.y <= farLeft.y + farRight.y || nearLeft.x + farLeft.x >= nearRight.x + farRight.x) {
    throw new LitfassError('calibration-corner-order', `the corners are mirrored or begin with another one: ${named(corners)}; near is low in the picture, and the order is near left, near right, far right, far left.`);
  }
  const area = Math.abs(signedArea(corners));
  if (area < LEAST_AREA) {
    throw new LitfassError('calibration-too-small', `the rectangle covers ${(100 * area).toFixed(2)} % of the picture, and at least ${100 * LEAST_AREA} % is needed; lay out a larger one.`);
  }
}

/** @throws LitfassError `calibration-exposure` */
export function checkExposure({ nearestM, furthestM }: Calibration['exposure']): void {
  if (nearestM < furthestM) return;
  throw new LitfassError('calibration-exposure', `the exposure zone begins ${nearestM} m from the screen and ends at ${furthestM} m; nearestM must be less than furthestM.`);
}

/** @throws LitfassError `calibration-screen` */
export function checkScreen({ heightM, upM }: Calibration['screen'], { at }: CameraPlace): void {
  const bottom = at.z + upM - heightM / 2;
  if (bottom > -ROUGHLY_M) return;
  throw new LitfassError('calibration-screen', `the panel would end ${(-bottom).toFixed(2)} m below the floor: the camera hangs ${at.z.toFixed(2)} m above it and the middle of the panel ${(-upM).toFixed(2)} m below the camera; measure upM and heightM again.`);
}

/** @throws LitfassError `calibration-shelf…` */
export function checkShelves(shelves: Calibration['shelves'], camera: CameraPlace): void {
  for (const [index, { id, corners, foot }] of shelves.entries()) {
    if (shelves.findIndex((other) => other.id === id) !== index) throw new LitfassError('calibration-shelf-twice', `two shelves are called "${id}"; each needs an id of its own.`);
    if (crossesItself(corners) || Math.abs(signedArea(corners)) === 0) {
      throw new LitfassError('calibration-shelf-outline', `the outline of shelf "${id}" crosses itself or has no area; name its corners in order, around its front.`);
    }
    if (floorAt(camera, foot) === null) {
      throw new LitfassError('calibration-shelf-foot', `shelf "${id}" would stand at ${place(foot)} of the picture, which is at the horizon or above, where there is no floor; put its foot where its front meets the floor.`);
    }
  }
}

/** Sine of the turn at a corner, above 0 clockwise. */
function sine(before: Point, corner: Point, after: Point): number {
  const lengths = Math.hypot(corner.x - before.x, corner.y - before.y) * Math.hypot(after.x - corner.x, after.y - corner.y);
  return lengths === 0 ? 0 : turn(before, corner, after) / lengths;
}

function named(corners: readonly Point[]): string {
  return corners.map((corner, index) => `${CORNER_NAMES[index]} ${place(corner)}`).join(', ');
}

function place(point: Point | undefined): string {
  return point ? `(${point.x.toFixed(3)}, ${point.y.toFixed(3)})` : 'nowhere';
}
