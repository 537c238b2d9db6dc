import type { Point } from '../geometry.ts';
import type { Vector } from './vector.ts';

/**
 * Where a camera stands and how it looks. Space is measured from the screen's foot, the place on the floor below the middle of
 * the panel: x along the screen to the right of the picture, y away from it, z up; metres. The panel is taken to hang upright
 * and to face where the camera faces.
 */
export interface CameraPlace {
  /** Width over height of its pictures. */
  readonly aspect: number;
  /** Focal length in picture heights: something as high as it is far away is this high in the picture. */
  readonly focal: number;
  readonly at: Vector;
  /** Of length 1: to the right and down in the picture, and where the camera looks. */
  readonly right: Vector;
  readonly down: Vector;
  readonly forward: Vector;
}

/** The same in figures that an installer can compare with the room. */
export interface CameraSummary {
  readonly heightM: number;
  /** How far it looks down from the horizontal. */
  readonly tiltDeg: number;
  /** How far it leans to its right. */
  readonly rollDeg: number;
  readonly verticalViewDeg: number;
  readonly horizontalViewDeg: number;
  /** Where the horizon crosses the middle column of the picture, in picture heights from its upper edge; above the picture it is below 0. */
  readonly horizonY: number;
  /** The place on the floor below the camera. */
  readonly foot: Point;
}

export function summarise({ aspect, focal, at, right, down, forward }: CameraPlace): CameraSummary {
  const viewDeg = (size: number): number => 2 * degrees(Math.atan(size / 2 / focal));
  return {
    heightM: at.z,
    tiltDeg: degrees(Math.asin(Math.max(-1, Math.min(1, -forward.z)))),
    rollDeg: degrees(Math.atan2(-right.z, -down.z)),
    verticalViewDeg: viewDeg(1),
    horizontalViewDeg: viewDeg(aspect),
    horizonY: 0.5 - (focal * forward.z) / down.z,
    foot: { x: at.x, y: at.y },
  };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
