import type { Point } from '../geometry.ts';

/** Twice the area that three points span: above 0 when they turn clockwise in the picture, whose y runs down. */
export function turn(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** Area of a polygon, above 0 when its corners run clockwise in the picture. */
export function signedArea(corners: readonly Point[]): number {
  return corners.reduce((sum, to, index) => {
    const from = corners.at(index - 1) ?? to;
    return sum + (from.x * to.y - from.y * to.x) / 2;
  }, 0);
}

/** Whether two sides of a polygon that are no neighbours meet. */
export function crossesItself(corners: readonly Point[]): boolean {
  const sides = corners.map((from, index) => ({ from, to: corners[(index + 1) % corners.length] ?? from }));
  return sides.some((side, index) => sides.some((other, later) => later > index + 1 && !(index === 0 && later === sides.length - 1) && meet(side, other)));
}

interface Side {
  readonly from: Point;
  readonly to: Point;
}

function meet(a: Side, b: Side): boolean {
  return turn(a.from, a.to, b.from) * turn(a.from, a.to, b.to) <= 0 && turn(b.from, b.to, a.from) * turn(b.from, b.to, a.to) <= 0;
}
