import type { Point } from '../geometry.ts';

/** Distance from a point to an area, 0 inside. `corners` in order, at least three. */
export function distanceToPolygon(point: Point, corners: readonly Point[]): number {
  let inside = false;
  let nearest = Number.POSITIVE_INFINITY;
  for (const [index, to] of corners.entries()) {
    const from = corners.at(index - 1) ?? to;
    // A ray to the right crosses the edges of an area an odd number of times from inside.
    if (from.y > point.y !== to.y > point.y && point.x < from.x + ((point.y - from.y) / (to.y - from.y)) * (to.x - from.x)) inside = !inside;
    nearest = Math.min(nearest, distanceToSegment(point, from, to));
  }
  return inside ? 0 : nearest;
}

export function distanceToSegment(point: Point, from: Point, to: Point): number {
  const x = to.x - from.x;
  const y = to.y - from.y;
  const length = x * x + y * y;
  const part = length === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - from.x) * x + (point.y - from.y) * y) / length));
  return Math.hypot(from.x + part * x - point.x, from.y + part * y - point.y);
}
