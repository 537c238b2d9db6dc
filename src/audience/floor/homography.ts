import { LitfassError } from '../../contract/index.ts';
import type { Point } from '../geometry.ts';

/** Maps places in the picture to places on the floor: rows of a 3×3 matrix. */
export type Homography = readonly [readonly [number, number, number], readonly [number, number, number], readonly [number, number, number]];

/** A mark that somebody put on the floor and found in the picture. */
export interface FloorMark {
  /** In any unit of the picture, as long as it is always the same. */
  readonly picture: Point;
  /** Metres from a corner of the floor. */
  readonly floor: Point;
}

/**
 * Calibrates a camera against its floor: the homography that fits at least four marks best, by the direct linear transform on
 * normalised points (Hartley and Zisserman 2004, section 4.4). With four marks it fits exactly; more of them even out errors.
 *
 * @throws LitfassError `calibration-marks` when there are too few or they lie so that they fix no floor
 */
export function calibrateFloor(marks: readonly FloorMark[]): Homography {
  if (marks.length < 4) throw new LitfassError('calibration-marks', `${marks.length} marks do not fix a floor; measure at least 4, wide apart and no three in a line.`);
  const picture = normalisation(marks.map((mark) => mark.picture));
  const floor = normalisation(marks.map((mark) => mark.floor));
  const equations = marks.flatMap((mark) => {
    const { x, y } = apply(picture.matrix, mark.picture);
    const { x: u, y: v } = apply(floor.matrix, mark.floor);
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = leastSquares(equations);
  return multiply(floor.inverse, multiply([[a, b, c], [d, e, f], [g, h, 1]], picture.matrix));
}

/** Where on the floor a place in the picture is, metres; `null` at and above the horizon, where there is no floor. */
export function onFloor(homography: Homography, picture: Point): Point | null {
  const [, , [g, h, i]] = homography;
  // The marks' side of the horizon is the positive one: their centre has the weight 1.
  const weight = g * picture.x + h * picture.y + i;
  return weight > 1e-9 ? apply(homography, picture) : null;
}

function apply([[a, b, c], [d, e, f], [g, h, i]]: Homography, { x, y }: Point): Point {
  const weight = g * x + h * y + i;
  return { x: (a * x + b * y + c) / weight, y: (d * x + e * y + f) / weight };
}

/** Moves points around 0 and scales them to a mean distance of √2, so that the equations weigh alike. */
function normalisation(points: readonly Point[]): { readonly matrix: Homography; readonly inverse: Homography } {
  const mean = (value: (point: Point) => number): number => points.reduce((sum, point) => sum + value(point), 0) / points.length;
  const middle = { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  const spread = mean(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)) / Math.SQRT2;
  if (!(spread > 0)) throw new LitfassError('calibration-marks', 'all marks are in one place; measure at least 4, wide apart and no three in a line.');
  return {
    matrix: [[1 / spread, 0, -middle.x / spread], [0, 1 / spread, -middle.y / spread], [0, 0, 1]],
    inverse: [[spread, 0, middle.x], [0, spread, middle.y], [0, 0, 1]],
  };
}

function multiply(a: Homography, b: Homography): Homography {
  const row = ([x, y, z]: Homography[number]): [number, number, number] => [x * b[0][0] + y * b[1][0] + z * b[2][0], x * b[0][1] + y * b[1][1] + z * b[2][1], x * b[0][2] + y * b[1][2] + z * b[2][2]];
  return [row(a[0]), row(a[1]), row(a[2])];
}

/** Solves eight unknowns; each equation is its eight factors and the right side. Normal equations, then Gauss with pivots. */
function leastSquares(equations: readonly (readonly number[])[]): readonly number[] {
  const unknowns = 8;
  const normal = Array.from({ length: unknowns }, (_, row) => Array.from({ length: unknowns + 1 }, (_, column) => equations.reduce((sum, equation) => sum + (equation[row] ?? 0) * (equation[column] ?? 0), 0)));
  for (let step = 0; step < unknowns; step++) {
    const pivot = normal.slice(step).reduce((best, row, index) => (Math.abs(row[step] ?? 0) > Math.abs(normal[best]?.[step] ?? 0) ? step + index : best), step);
    const [top = [], other = []] = [normal[pivot], normal[step]];
    if (Math.abs(top[step] ?? 0) < 1e-9) throw new LitfassError('calibration-marks', 'the marks fix no floor: three of them lie in a line; measure at least 4, wide apart and no three in a line.');
    normal[step] = top;
    if (pivot !== step) normal[pivot] = other;
    for (const [index, row] of normal.entries()) {
      if (index === step) continue;
      const factor = (row[step] ?? 0) / (top[step] ?? 1);
      for (let column = step; column <= unknowns; column++) row[column] = (row[column] ?? 0) - factor * (top[column] ?? 0);
    }
  }
  return normal.map((row, index) => (row[unknowns] ?? 0) / (row[index] ?? 1));
}
