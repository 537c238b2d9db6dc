import type { Body } from '../../../../src/contract/index.ts';
import type { Cutter } from './cutter.ts';
import { overlap } from './overlap.ts';
import type { Net, Tensor } from './tensorflow.ts';

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
 */
export async function findPeople(net: Net, cutter: Cutter, size: { readonly widthPx: number; readonly heightPx: number }): Promise<readonly Body[]> {
  const input = cutter.tensor({ x: 0, y: 0, width: size.widthPx, height: size.heightPx }, INPUT_PX);
  const output = net.execute(input, OUTPUT) as Tensor;
  const rows = await output.data();
  input.dispose();
  output.dispose();
  return peopleOf(rows);
}

/**
 * People among the detector's rows, best first, without doubles.
 *
 * @param rows n×6: left, top, right, bottom in px of the 512×512 input, score, class
 */
export function peopleOf(rows: ArrayLike<number>): readonly Body[] {
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
