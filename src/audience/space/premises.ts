import { LitfassError, type Calibration } from '../../contract/index.ts';
import type { Point } from '../geometry.ts';
import type { CameraPlace } from './camera-place.ts';
import { placeCamera } from './place-camera.ts';
import { facingCamera, floorAt, onUpright } from './projection.ts';
import type { Vector } from './vector.ts';

/** A shelf's front: as the picture shows it, in picture heights, and where it is. */
export interface ShelfPlace {
  readonly id: string;
  readonly inPicture: readonly Point[];
  readonly outline: readonly Vector[];
}

/** What an installer's calibration says of the shop before anybody is in it. */
export interface Premises {
  readonly camera: CameraPlace;
  /** The panel's corners. */
  readonly screen: readonly Vector[];
  readonly exposure: Calibration['exposure'];
  readonly shelves: readonly ShelfPlace[];
}

/** @throws LitfassError `calibration-…` when the calibration cannot be; see `placeCamera` */
export function layOut(calibration: Calibration): Premises {
  const camera = placeCamera(calibration);
  const { widthM, heightM, upM } = calibration.screen;
  const [bottom, top] = [camera.at.z + upM - heightM / 2, camera.at.z + upM + heightM / 2];
  return {
    camera,
    screen: [bottom, top].flatMap((z, row) => [-widthM / 2, widthM / 2].map((x) => ({ x: row === 0 ? x : -x, y: 0, z }))),
    exposure: calibration.exposure,
    shelves: calibration.shelves.map((shelf) => ({
      id: shelf.id,
      inPicture: shelf.corners.map(({ x, y }) => ({ x: x * calibration.aspect, y })),
      outline: outlineOf(shelf, camera),
    })),
  };
}

/** One foot says how far away a front is, not where it faces: it is taken to face the camera. */
function outlineOf({ id, corners, foot }: Calibration['shelves'][number], camera: CameraPlace): readonly Vector[] {
  const standsAt = floorAt(camera, foot);
  const outline = standsAt ? corners.map((corner) => onUpright(camera, corner, facingCamera(camera, standsAt))) : [];
  const found = outline.filter((corner) => corner !== null);
  if (found.length >= 3 && found.length === corners.length) return found;
  throw new LitfassError('calibration-shelf-outline', `shelf "${id}" has corners that its front cannot reach from its foot; put the foot below the front.`);
}
