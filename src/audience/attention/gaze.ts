import type { Vector } from '../space/index.ts';
import { normalMass } from './normal.ts';

/** Where a head points, from the line between eyes and camera; degrees, to the right of the picture and up. */
export interface HeadPose {
  readonly yawDeg: number;
  readonly pitchDeg: number;
}

/**
 * Standard deviation of a head pose, degrees: its mean absolute error of 5.4° (OpenVINO's head-pose-estimation-adas-0001,
 * published) is √(2/π) of it when errors are normal.
 */
const POSE_ERROR_DEG = 5.4 / Math.sqrt(2 / Math.PI);
/** Eyes wander in a head that rests: taken to be as likely anywhere within 17° to each side. */
const EYE_IN_HEAD_DEG = 17 / Math.sqrt(3);
/** What a head's direction leaves open of where somebody looks. */
export const GAZE_ERROR_DEG = Math.hypot(POSE_ERROR_DEG, EYE_IN_HEAD_DEG);

/** Of this many standard deviations to each side nothing worth counting is left. */
const TAIL = 4;

/**
 * Probability that somebody whose head points somewhere looks at an area in space: the mass of the error over the angles under
 * which the area is seen. At 3 m the error is wider than a shelf, so a yes or no would be a guess.
 *
 * @param outline corners in order; seen from the eye, its sides are taken as straight
 */
export function gazeProbability(eye: Vector, camera: Vector, head: HeadPose, outline: readonly Vector[], errorDeg: number = GAZE_ERROR_DEG): number {
  return massOver(seenFrom(eye, camera, head, outline), errorDeg);
}

/** The same as a share of what it would be if the head pointed at the middle of the area: 1 there, whatever its size. */
export function gazeShare(eye: Vector, camera: Vector, head: HeadPose, outline: readonly Vector[], errorDeg: number = GAZE_ERROR_DEG): number {
  const seen = seenFrom(eye, camera, head, outline);
  const middle = { x: mean(seen.map(({ x }) => x)), y: mean(seen.map(({ y }) => y)) };
  const best = massOver(seen.map(({ x, y }) => ({ x: x - middle.x, y: y - middle.y })), errorDeg);
  return best === 0 ? 0 : Math.min(1, massOver(seen, errorDeg) / best);
}

interface Angles {
  readonly x: number;
  readonly y: number;
}

/** The corners' angles from where the head points, degrees. */
function seenFrom(eye: Vector, camera: Vector, head: HeadPose, outline: readonly Vector[]): readonly Angles[] {
  const zero = anglesTo(eye, camera);
  const seen: Angles[] = [];
  for (const corner of outline) {
    const { x, y } = anglesTo(eye, corner);
    const turned = x - zero.x - head.yawDeg;
    // Angles go round: a corner is on the same side as the one before it, and the first one at most half a turn away.
    const near = seen.at(-1)?.x ?? 0;
    seen.push({ x: turned - 360 * Math.round((turned - near) / 360), y: y - zero.y - head.pitchDeg });
  }
  return seen;
}

/** From the direction straight towards the screen's wall. */
function anglesTo(eye: Vector, place: Vector): Angles {
  const [x, y] = [place.x - eye.x, eye.y - place.y];
  return { x: (Math.atan2(x, y) * 180) / Math.PI, y: (Math.atan2(place.z - eye.z, Math.hypot(x, y)) * 180) / Math.PI };
}

/** Mass of a round normal distribution over a polygon: in upright strips, each exact as if its two ends were level. */
function massOver(corners: readonly Angles[], deviation: number): number {
  const from = Math.max(-TAIL * deviation, Math.min(...corners.map(({ x }) => x)));
  const until = Math.min(TAIL * deviation, Math.max(...corners.map(({ x }) => x)));
  if (!(until > from)) return 0;
  const strips = Math.max(8, Math.ceil((until - from) / (deviation / 4)));
  const width = (until - from) / strips;
  return Array.from({ length: strips }, (_, strip) => {
    const left = from + strip * width;
    return normalMass(left, left + width, deviation) * massAbove(corners, left + width / 2, deviation);
  }).reduce((sum, mass) => sum + mass, 0);
}

/** The part of an upright line that lies in the polygon: between each odd and the next even crossing of its sides. */
function massAbove(corners: readonly Angles[], x: number, deviation: number): number {
  const crossings = corners
    .flatMap((to, index) => {
      const from = corners.at(index - 1) ?? to;
      return from.x > x !== to.x > x ? [from.y + ((x - from.x) / (to.x - from.x)) * (to.y - from.y)] : [];
    })
    .sort((a, b) => a - b);
  return crossings.reduce((sum, top, index) => (index % 2 === 1 ? sum + normalMass(crossings[index - 1] ?? top, top, deviation) : sum), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
