import type { Point } from '../geometry.ts';
import type { Vector } from './vector.ts';

export type Corners = readonly [Point, Point, Point, Point];

/** The columns of the 3×3 matrix that maps (u, v, 1) to a place (x : y : z) of the picture. */
export interface Homography {
  readonly u: Vector;
  readonly v: Vector;
  readonly origin: Vector;
}

/**
 * Maps a rectangle, with u from 0 to `width` and v from 0 to `depth`, onto a convex quadrilateral whose corners are the
 * images of (0, 0), (width, 0), (width, depth) and (0, depth). Four corners fix it without a rest (Heckbert, "Fundamentals of
 * texture mapping and image warping", 1989, section 2.2.3). The weight z is 1 at the first corner and positive at all.
 */
export function homographyOf([a, b, c, d]: Corners, width: number, depth: number): Homography {
  const alongNear = { x: b.x - c.x, y: b.y - c.y };
  const alongFar = { x: d.x - c.x, y: d.y - c.y };
  const surplus = { x: a.x - b.x + c.x - d.x, y: a.y - b.y + c.y - d.y };
  const area = crossing(alongNear, alongFar);
  const g = crossing(surplus, alongFar) / area;
  const h = crossing(alongNear, surplus) / area;
  return {
    u: { x: (b.x - a.x + g * b.x) / width, y: (b.y - a.y + g * b.y) / width, z: g / width },
    v: { x: (d.x - a.x + h * d.x) / depth, y: (d.y - a.y + h * d.y) / depth, z: h / depth },
    origin: { x: a.x, y: a.y, z: 1 },
  };
}

function crossing(a: Point, b: Point): number {
  return a.x * b.y - a.y * b.x;
}
