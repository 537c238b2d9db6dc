import type { Body, Box } from '../../../src/contract/index.ts';
import type { Net, Tensor, Tensorflow } from './tensorflow.ts';

/** Side of the detector's input, px. */
const INPUT_PX = 512;
const OUTPUT = 'tower_0/detections';
/** Class 0 of COCO. */
const PERSON = 0;
/** The tracker decides what a weak find is worth; below this are only patterns. */
const MIN_BODY_SCORE = 0.12;
/** Two finds that overlap more are one person. */
const SAME_PERSON_IOU = 0.5;
const MAX_BODIES = 20;

/**
 * Finds people, whichever way they look, with the CenterNet that Human ships. Run by ourselves rather than by Human, which
 * lets finds of all 80 classes suppress each other: a chair in front of a person would hide the person.
 *
 * @param picture height×width×3, 0 to 255; stays the caller's
 */
export async function findBodies(tf: Tensorflow, net: Net, picture: Tensor): Promise<readonly Body[]> {
  const output = tf.tidy(() => {
    const input = tf.image.resizeBilinear(tf.expandDims(tf.cast(picture, 'float32'), 0), [INPUT_PX, INPUT_PX]);
    return net.execute(input, OUTPUT) as Tensor;
  });
  const rows = await output.data();
  output.dispose();
  return bodiesOf(rows);
}

/**
 * People among the detector's rows, best first, without doubles.
 *
 * @param rows n×6: left, top, right, bottom in px of the 512×512 input, score, class
 */
export function bodiesOf(rows: ArrayLike<number>): readonly Body[] {
  const found: Body[] = [];
  for (let row = 0; row + 5 < rows.length; row += 6) {
    const [left = 0, top = 0, right = 0, bottom = 0, score = 0, category = -1] = Array.from({ length: 6 }, (_, column) => rows[row + column]);
    const isPerson = category === PERSON && score >= MIN_BODY_SCORE && right > left && bottom > top;
    if (isPerson) found.push({ score: Math.min(1, score), box: { x: left / INPUT_PX, y: top / INPUT_PX, width: (right - left) / INPUT_PX, height: (bottom - top) / INPUT_PX } });
  }
  const kept: Body[] = [];
  for (const body of found.sort((a, b) => b.score - a.score)) {
    if (kept.length < MAX_BODIES && kept.every((other) => overlap(body.box, other.box) < SAME_PERSON_IOU)) kept.push(body);
  }
  return kept;
}

/** Intersection over union. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}
