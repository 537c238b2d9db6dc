import type { Point } from '../geometry.ts';
import type { CameraPlace } from './camera-place.ts';
import { add, dot, scale, subtract, unit, type Vector } from './vector.ts';

/** What a place in the picture shows lies somewhere on this line. */
export interface Ray {
  readonly from: Vector;
  /** Of length 1. */
  readonly towards: Vector;
}

/** An upright plane: through a place on the floor, facing along it in a direction. */
export interface UprightPlane {
  readonly foot: Point;
  /** On the floor, of any length. */
  readonly facing: Point;
}

/** Flatter than this, a ray meets floor or plane nowhere near: 1 mm down in 1 m. */
const FLATTEST = 1e-3;

/** @param picture fractions of the picture's width and height, also beside it */
export function rayThrough({ aspect, focal, at, right, down, forward }: CameraPlace, picture: Point): Ray {
  return { from: at, towards: unit(add(scale(forward, focal), add(scale(right, (picture.x - 0.5) * aspect), scale(down, picture.y - 0.5)))) };
}

/** What the picture shows at a place, if it lies `heightM` above the floor; `null` where no such thing can be seen. */
export function atHeight(camera: CameraPlace, picture: Point, heightM: number): Vector | null {
  const { from, towards } = rayThrough(camera, picture);
  if (Math.abs(towards.z) < FLATTEST) return null;
  const distance = (heightM - from.z) / towards.z;
  return distance > 0 ? add(from, scale(towards, distance)) : null;
}

/** The place on the floor that the picture shows, metres; `null` at the horizon and above. */
export function floorAt(camera: CameraPlace, picture: Point): Point | null {
  const place = atHeight(camera, picture, 0);
  return place && { x: place.x, y: place.y };
}

/** What the picture shows at a place, if it lies on an upright plane; `null` when that way leads past it. */
export function onUpright(camera: CameraPlace, picture: Point, { foot, facing }: UprightPlane): Vector | null {
  const { from, towards } = rayThrough(camera, picture);
  const normal = unit({ ...facing, z: 0 });
  const approach = dot(normal, towards);
  if (Math.abs(approach) < FLATTEST) return null;
  const distance = dot(normal, subtract({ ...foot, z: 0 }, from)) / approach;
  return distance > 0 ? add(from, scale(towards, distance)) : null;
}

/** What the picture shows at a place, if it lies so far before the camera, metres along its axis. */
export function atDepth(camera: CameraPlace, picture: Point, depthM: number): Vector {
  const { from, towards } = rayThrough(camera, picture);
  return add(from, scale(towards, depthM / dot(towards, camera.forward)));
}

/** How far before the camera a place is, metres along its axis. */
export function depthOf({ at, forward }: CameraPlace, place: Vector): number {
  return dot(subtract(place, at), forward);
}

/** The upright plane through a place on the floor that faces the camera. */
export function facingCamera({ at }: CameraPlace, foot: Point): UprightPlane {
  return { foot, facing: { x: at.x - foot.x, y: at.y - foot.y } };
}

/** Where the picture shows a place in space, fractions of width and height; `null` for what is behind the camera. */
export function inPicture(camera: CameraPlace, place: Vector): Point | null {
  const { aspect, focal, at, right, down } = camera;
  const way = subtract(place, at);
  const depth = depthOf(camera, place);
  if (depth < FLATTEST) return null;
  return { x: 0.5 + (focal * dot(way, right)) / depth / aspect, y: 0.5 + (focal * dot(way, down)) / depth };
}
