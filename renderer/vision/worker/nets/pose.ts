import { JOINTS, type Joint, type JointName } from '../../../../src/contract/index.ts';
import type { Cutter, Region } from './cutter.ts';
import type { Net, Tensor, Tensorflow } from './tensorflow.ts';

/** Side of the net's input, px. */
const INPUT_PX = 192;
const OUTPUT = 'Identity:0';
/** Order of the net's rows. */
const COCO_17 = [
  'nose', 'left-eye', 'right-eye', 'left-ear', 'right-ear', 'left-shoulder', 'right-shoulder', 'left-elbow', 'right-elbow', 'left-wrist',
  'right-wrist', 'left-hip', 'right-hip', 'left-knee', 'right-knee', 'left-ankle', 'right-ankle',
] as const satisfies readonly JointName[];

/**
 * The pose of one person with MoveNet Lightning (17 joints; https://www.tensorflow.org/hub/tutorials/movenet).
 *
 * @param region a square that holds the whole person
 * @param size of the picture, px
 */
export async function estimatePose(tf: Tensorflow, net: Net, cutter: Cutter, region: Region, size: { readonly widthPx: number; readonly heightPx: number }): Promise<readonly Joint[]> {
  const crop = cutter.tensor(region, INPUT_PX);
  const input = tf.cast(crop, 'int32');
  const output = net.execute(input, OUTPUT) as Tensor;
  const rows = await output.data();
  for (const tensor of [crop, input, output]) tensor.dispose();
  return jointsOf(rows, region, size);
}

/**
 * The net's rows as joints in the contract's order, with the neck in the middle between the shoulders.
 *
 * @param rows 17×3: y, x (as fractions of the region), score
 */
export function jointsOf(rows: ArrayLike<number>, region: Region, { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): readonly Joint[] {
  const found = new Map<JointName, Joint>();
  for (const [row, name] of COCO_17.entries()) {
    const [y = 0, x = 0, score = 0] = [rows[3 * row], rows[3 * row + 1], rows[3 * row + 2]];
    found.set(name, { x: within((region.x + x * region.width) / widthPx), y: within((region.y + y * region.height) / heightPx), score: Math.min(1, Math.max(0, score)) });
  }
  const [left, right] = [found.get('left-shoulder'), found.get('right-shoulder')];
  if (left && right) found.set('neck', { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2, score: Math.min(left.score, right.score) });
  return JOINTS.flatMap((name) => found.get(name) ?? []);
}

/** What the contract takes for a place. */
function within(fraction: number): number {
  return Math.min(3, Math.max(-2, fraction));
}
