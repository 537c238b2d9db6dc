import { JOINTS, type Body, type Calibration, type Face, type FrameObservation, type JointName } from '../../src/contract/index.ts';
import { ABOVE_PANEL, calibrationOf, photograph, type KnownCamera, type Spot } from './space/cameras.ts';

/** The camera hangs half a metre to the left of a panel on the wall, a shelf stands on the right, turned to the camera. */
export const CAMERA: KnownCamera = ABOVE_PANEL;
const PANEL_RIGHT_M = 0.5;
const ASPECT = 16 / 9;
/** The shelf's front: a metre wide, between knee and head, its middle 1.4 m to the right and 2.4 m before the wall. */
export const SHELF = { middle: { x: 1.4, y: 2.4 }, halfWidthM: 0.5, bottomM: 0.6, topM: 1.6 };

const inCamera = ({ x, y, z }: Spot): Spot => ({ x: x + PANEL_RIGHT_M, y, z });
/** Where the picture shows a place that is measured from the screen's foot. */
export const shown = (spot: Spot): { x: number; y: number } => photograph(CAMERA, inCamera(spot));

/** To the right, seen from the camera, for something that faces it. */
function across({ x, y }: { x: number; y: number }): { x: number; y: number } {
  const length = Math.hypot(x + PANEL_RIGHT_M, y);
  return { x: y / length, y: -(x + PANEL_RIGHT_M) / length };
}

const aside = (place: { x: number; y: number }, byM: number, z: number): Spot => ({ x: place.x + byM * across(place).x, y: place.y + byM * across(place).y, z });

export const CALIBRATION: Calibration = calibrationOf(CAMERA, {}, {
  screen: { widthM: 1.2, heightM: 0.7, rightM: PANEL_RIGHT_M, upM: -0.4 },
  exposure: { nearestM: 0.5, furthestM: 5, halfAngleDeg: 60 },
  shelves: [
    {
      id: 'bread',
      name: 'Bread',
      corners: [[-1, SHELF.bottomM], [1, SHELF.bottomM], [1, SHELF.topM], [-1, SHELF.topM]].map(([side, z]) => shown(aside(SHELF.middle, side! * SHELF.halfWidthM, z!))),
      foot: shown({ ...SHELF.middle, z: 0 }),
    },
  ],
});

export interface Shopper {
  readonly x: number;
  readonly y: number;
  /** What the head points at; `null`: the face is not seen. */
  readonly looksAt: Spot | null;
  /** Where the right hand is; with it the skeleton is seen. */
  readonly hand?: Spot;
  readonly smile?: number;
}

const EYES_M = 1.6;
const FACE_M = 0.26;
const STATURE_M = 1.7;

/** One picture of somebody of mean stature, exactly as the camera shows it. */
export function snapshot(atMs: number, shoppers: readonly Shopper[], see: { feet?: boolean; body?: boolean; joints?: boolean } = {}): FrameObservation {
  const { feet = true, body = true } = see;
  return {
    kind: 'frame',
    atMs,
    widthPx: 1280,
    heightPx: 720,
    faces: shoppers.map(faceOf).filter((face) => face !== null),
    bodies: body ? shoppers.map((shopper) => bodyOf(shopper, feet, see.joints ?? shopper.hand !== undefined)) : null,
  };
}

function faceOf(shopper: Shopper): Face | null {
  if (!shopper.looksAt) return null;
  const eyes = { x: shopper.x, y: shopper.y, z: EYES_M };
  const top = shown({ ...eyes, z: EYES_M + 0.3 * FACE_M });
  const bottom = shown({ ...eyes, z: EYES_M - 0.7 * FACE_M });
  const height = bottom.y - top.y;
  const width = (0.8 * height) / ASPECT;
  return { score: 0.9, box: { x: shown(eyes).x - width / 2, y: top.y, width, height }, ...headTowards(eyes, shopper.looksAt), ...(shopper.smile === undefined ? {} : { smile: shopper.smile }) };
}

function headTowards(eyes: Spot, target: Spot): { yawDeg: number; pitchDeg: number } {
  const degrees = (radians: number): number => (radians * 180) / Math.PI;
  const yaw = (to: Spot): number => degrees(Math.atan2(to.x - eyes.x, eyes.y - to.y));
  const pitch = (to: Spot): number => degrees(Math.atan2(to.z - eyes.z, Math.hypot(to.x - eyes.x, to.y - eyes.y)));
  const lens = { x: -PANEL_RIGHT_M, y: 0, z: CAMERA.heightM };
  return { yawDeg: yaw(target) - yaw(lens), pitchDeg: pitch(target) - pitch(lens) };
}

function bodyOf(shopper: Shopper, feet: boolean, joints: boolean): Body {
  const head = shown({ ...shopper, z: STATURE_M });
  const foot = shown({ ...shopper, z: 0 });
  const left = shown(aside(shopper, -0.25, 1));
  const right = shown(aside(shopper, 0.25, 1));
  // A counter hides the legs: the box then ends at the picture's edge, as if they went on below.
  const bottom = feet ? foot.y : 1;
  return { score: 0.7, box: { x: left.x, y: head.y, width: right.x - left.x, height: bottom - head.y }, ...(joints ? { joints: skeletonOf(shopper) } : {}) };
}

/** Facing the camera, so that the right side of the body is on the left of the picture; the right hand may be elsewhere. */
export function jointPlaces(shopper: Shopper): Record<JointName, Spot> {
  const at = (byM: number, z: number): Spot => aside(shopper, byM, z);
  const hand = shopper.hand ?? at(-0.2, 0.8);
  const shoulder = at(-0.19, 1.4);
  return {
    nose: at(0, 1.57), neck: at(0, 1.4), 'right-shoulder': shoulder, 'left-shoulder': at(0.19, 1.4),
    'right-elbow': { x: (shoulder.x + hand.x) / 2, y: (shoulder.y + hand.y) / 2, z: (shoulder.z + hand.z) / 2 }, 'right-wrist': hand,
    'left-elbow': at(0.22, 1.1), 'left-wrist': at(0.22, 0.8), 'right-hip': at(-0.13, 0.9), 'left-hip': at(0.13, 0.9),
    'right-knee': at(-0.12, 0.5), 'left-knee': at(0.12, 0.5), 'right-ankle': at(-0.1, 0.08), 'left-ankle': at(0.1, 0.08),
    'right-eye': at(-0.03, EYES_M), 'left-eye': at(0.03, EYES_M), 'right-ear': at(-0.08, 1.58), 'left-ear': at(0.08, 1.58),
  };
}

function skeletonOf(shopper: Shopper): Body['joints'] {
  const places = jointPlaces(shopper);
  return JOINTS.map((name) => ({ ...shown(places[name]), score: 0.8 }));
}
