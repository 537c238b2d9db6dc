import type { Cutter, Region } from './cutter.ts';
import type { Net, Tensor, Tensorflow } from './tensorflow.ts';

/** What the mesh says of a head. The mesh itself ends here. */
export interface Head {
  /** How sure the mesh is that there is a face, 0 to 1. */
  readonly score: number;
  /** Where the face points in the picture, however the head leans: positive towards the right edge of the picture, and up. */
  readonly yawDeg: number;
  readonly pitchDeg: number;
  /** How far the head leans to its side in the picture, clockwise. */
  readonly rollDeg: number;
  /** Middle of the mesh, as fractions of the region, which is not leant. */
  readonly centre: { readonly x: number; readonly y: number };
}

/** Side of the net's input, px; its points are in the same unit. */
const INPUT_PX = 192;
/** The third output, contours, is not computed at all. */
const OUTPUTS = ['Identity_1:0', 'Identity_2:0'] as const;
/** Points of the canonical mesh: middle of the hairline, chin, and before the left and the right ear of the picture. */
const [TOP, BOTTOM, LEFT, RIGHT] = [10, 152, 234, 454] as const;
const DEGREES = 180 / Math.PI;

/**
 * Measures one head with FaceMesh (Kartynnik et al., arXiv 1907.06724).
 *
 * @param region upright, as the net was taught to see a face: of a head that leans, it makes another shape
 */
export async function measureHead(tf: Tensorflow, net: Net, cutter: Cutter, region: Region): Promise<Head> {
  const crop = cutter.tensor(region, INPUT_PX);
  const input = tf.tidy(() => tf.div(crop, 255));
  const outputs = net.execute(input, OUTPUTS) as Tensor[];
  const [flag, mesh] = await Promise.all(outputs.map((output) => output.data()));
  for (const tensor of [crop, input, ...outputs]) tensor.dispose();
  return { score: clamp01(flag?.[0] ?? 0), ...headOf(mesh ?? [], region.rollDeg) };
}

/**
 * Direction of a head from four of its mesh's points: the face points away from what stands upright on the axes ear to ear and
 * forehead to chin.
 *
 * The net's depth counts in the same unit as its width and height (its model card): with it as it is, the angles agree with those of
 * a face model laid over the mesh's width and height alone. Taking depth for a third shorter, as Human's `calculateFaceAngle` does,
 * measures a head that is turned by 37° as 26°.
 *
 * @param mesh 468×3: x and y in px of the 192×192 crop, depth towards the back
 * @param rollDeg by which the crop was set upright
 */
export function headOf(mesh: ArrayLike<number>, rollDeg = 0): Omit<Head, 'score'> {
  const point = (index: number): Vector => [mesh[3 * index] ?? 0, mesh[3 * index + 1] ?? 0, mesh[3 * index + 2] ?? 0];
  const down = unit(minus(point(BOTTOM), point(TOP)));
  const ears = minus(point(RIGHT), point(LEFT));
  const [x, y, z] = leant(unit(cross(down, unit(ears))), rollDeg);
  const roll = Math.atan2(ears[1], ears[0]) + rollDeg / DEGREES;
  return { yawDeg: angle(Math.atan2(x, -z)), pitchDeg: angle(Math.atan2(-y, Math.hypot(x, z))), rollDeg: angle(roll), centre: middle(mesh, rollDeg) };
}

type Vector = readonly [number, number, number];

function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector) || 1;
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}

/** What was cut out upright, as it lies in the picture. */
function leant([x, y, z]: Vector, rollDeg: number): Vector {
  const [cos, sin] = [Math.cos(rollDeg / DEGREES), Math.sin(rollDeg / DEGREES)];
  return [x * cos - y * sin, x * sin + y * cos, z];
}

/** Degrees with one decimal; 0 for a mesh that has collapsed into a point. */
function angle(radians: number): number {
  return Number.isFinite(radians) ? Math.round(10 * radians * DEGREES) / 10 : 0;
}

function middle(mesh: ArrayLike<number>, rollDeg: number): Head['centre'] {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let index = 0; index + 2 < mesh.length; index += 3) {
    const [x = 0, y = 0] = [mesh[index], mesh[index + 1]];
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  const [x, y] = leant([(left + right) / 2 / INPUT_PX - 0.5, (top + bottom) / 2 / INPUT_PX - 0.5, 0], rollDeg);
  return { x: Number.isFinite(x) ? 0.5 + x : 0.5, y: Number.isFinite(y) ? 0.5 + y : 0.5 };
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
