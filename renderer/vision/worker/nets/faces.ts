import type { Box } from '../../../../src/contract/index.ts';
import { ANCHORS } from './anchors.ts';
import type { Cutter, Region } from './cutter.ts';
import { overlap } from './overlap.ts';
import type { Net, Tensor, Tensorflow } from './tensorflow.ts';

/** Where a face is, square in pixels and enlarged so that it holds the whole head. */
export interface FoundFace {
  /** In pixels of the picture, with the lean of the line between the eyes. */
  readonly region: Region;
  readonly score: number;
}

const INPUT_PX = 256;
/** Scores and places of the fine grid, then of the coarse one. */
const OUTPUTS = ['Identity:0', 'Identity_2:0', 'Identity_1:0', 'Identity_3:0'] as const;
/** Numbers for each anchor: centre, size, and six points of the face, of which the first two are the eyes, left in the picture first. */
const NUMBERS = 16;
/** Below this a find is more often a pattern than a face. */
const MIN_SCORE = 0.3;
/** Finds that overlap more are one face: MediaPipe's `min_suppression_threshold`. */
const SAME_FACE_IOU = 0.3;
const MAX_FACES = 40;
/** The detector frames eyes and mouth; the nets behind it want chin and forehead too. */
const HEAD = 1.4;

/** Finds faces with BlazeFace (Bazarevsky et al., arXiv 1907.05047; the long-range model). Costs the same however many there are. */
export async function findFaces(tf: Tensorflow, net: Net, cutter: Cutter, size: { readonly widthPx: number; readonly heightPx: number }): Promise<readonly FoundFace[]> {
  const picture = cutter.tensor({ x: 0, y: 0, width: size.widthPx, height: size.heightPx }, INPUT_PX);
  const input = tf.tidy(() => tf.sub(tf.div(picture, 127.5), 1));
  const outputs = net.execute(input, OUTPUTS) as Tensor[];
  const [fineScores, finePlaces, coarseScores, coarsePlaces] = await Promise.all(outputs.map((output) => output.data()));
  for (const tensor of [picture, input, ...outputs]) tensor.dispose();
  if (!fineScores || !finePlaces || !coarseScores || !coarsePlaces) throw new Error('the face detector gave too few outputs');
  const found = [...candidates(fineScores, finePlaces, 0), ...candidates(coarseScores, coarsePlaces, fineScores.length)];
  return blend(found).map((face) => ({ region: headRegion(face, size), score: face.score }));
}

export interface Candidate {
  /** As fractions of the picture. */
  readonly box: Box;
  /** From the eye that is left in the picture to the other. */
  readonly eyes: { readonly x: number; readonly y: number };
  readonly score: number;
}

/**
 * The anchors of one grid that the detector takes for faces.
 *
 * @param scores one logit for each anchor
 * @param places 16 numbers for each anchor, px of the input: offset of the centre from the anchor, width, height, …
 * @param first index of the grid's first anchor among `ANCHORS`
 */
export function candidates(scores: ArrayLike<number>, places: ArrayLike<number>, first: number): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let index = 0; index < scores.length; index++) {
    const score = 1 / (1 + Math.exp(-(scores[index] ?? Number.NEGATIVE_INFINITY)));
    const anchor = ANCHORS[first + index];
    if (!(score >= MIN_SCORE) || !anchor) continue;
    const [x = 0, y = 0, width = 0, height = 0, leftX = 0, leftY = 0, rightX = 0, rightY = 0] = [0, 1, 2, 3, 4, 5, 6, 7].map((column) => places[index * NUMBERS + column]);
    if (!(width > 0 && height > 0)) continue;
    found.push({ score, box: { x: (anchor.x + x - width / 2) / INPUT_PX, y: (anchor.y + y - height / 2) / INPUT_PX, width: width / INPUT_PX, height: height / INPUT_PX }, eyes: { x: (rightX - leftX) / INPUT_PX, y: (rightY - leftY) / INPUT_PX } });
  }
  return found;
}

/**
 * One find for each face, best first: overlapping candidates are averaged by their scores instead of dropped, which is what
 * keeps BlazeFace's boxes still from picture to picture (section 4.4 of its paper).
 */
export function blend(found: readonly Candidate[]): readonly Candidate[] {
  let rest = found.toSorted((a, b) => b.score - a.score);
  const faces: Candidate[] = [];
  for (let best = rest[0]; best && faces.length < MAX_FACES; best = rest[0]) {
    const { box } = best;
    const same = rest.filter((other) => other === best || overlap(box, other.box) > SAME_FACE_IOU);
    const weight = same.reduce((sum, { score }) => sum + score, 0);
    const mean = (of: (face: Candidate) => number): number => same.reduce((sum, other) => sum + other.score * of(other), 0) / weight;
    const side = (name: keyof Box): number => mean((other) => other.box[name]);
    faces.push({ score: best.score, box: { x: side('x'), y: side('y'), width: side('width'), height: side('height') }, eyes: { x: mean(({ eyes }) => eyes.x), y: mean(({ eyes }) => eyes.y) } });
    rest = rest.filter((other) => !same.includes(other));
  }
  return faces;
}

function headRegion({ box, eyes }: Candidate, { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): Region {
  const side = HEAD * Math.max(box.width * widthPx, box.height * heightPx);
  const rollDeg = (Math.atan2(eyes.y * heightPx, eyes.x * widthPx) * 180) / Math.PI;
  return { x: (box.x + box.width / 2) * widthPx - side / 2, y: (box.y + box.height / 2) * heightPx - side / 2, width: side, height: side, rollDeg };
}
