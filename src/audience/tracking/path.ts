import type { Box } from '../../contract/index.ts';
import { centre } from '../geometry.ts';
import { beginCoordinate, correctCoordinate, predictCoordinate, type Coordinate, type ProcessNoise } from './kalman.ts';

/** How boxes of one kind move and how well they are found. Lengths in heights of the box, times in seconds. */
export interface MotionModel {
  /** Variance of the velocity that builds up in a second: how suddenly somebody starts, stops and turns. */
  readonly agility: number;
  /** Standard deviation of the velocity of somebody who appears. */
  readonly pace: number;
  /** Standard deviation of a detected box's centre and size. */
  readonly jitter: number;
  /** Variance of width and height that builds up in a second. */
  readonly growth: number;
}

export interface Sighted {
  readonly box: Box;
  readonly atMs: number;
}

/**
 * The way of one box through the pictures. The filter rests at the newest sighting and is asked for a later moment without
 * being moved there: as its noise grows with time, one long step is the same as many short ones.
 */
export interface Path {
  readonly x: Coordinate;
  readonly y: Coordinate;
  readonly width: Coordinate;
  readonly height: Coordinate;
  /** Sightings of the last `REMEMBERED_MS`, and always the newest two; oldest first. */
  readonly sightings: readonly Sighted[];
  readonly last: Sighted;
  /** Pictures since the newest sighting in which it was looked for in vain. */
  readonly missed: number;
}

/** Twice the time that a direction is taken over. */
const REMEMBERED_MS = 1_600;

export function beginPath(box: Box, atMs: number, { jitter, pace }: MotionModel): Path {
  const { x, y } = centre(box);
  const variance = (jitter * box.height) ** 2;
  const velocityVariance = (pace * box.height) ** 2;
  const last = { box, atMs };
  return {
    x: beginCoordinate(x, variance, velocityVariance),
    y: beginCoordinate(y, variance, velocityVariance),
    width: beginCoordinate(box.width, variance, 0),
    height: beginCoordinate(box.height, variance, 0),
    sightings: [last],
    last,
    missed: 0,
  };
}

/** Where the box should be at `atMs`, if it goes on as it did, but no further than for `horizonMs`. */
export function predictPath({ x, y, width, height, last }: Path, atMs: number, horizonMs = Number.POSITIVE_INFINITY): Box {
  const elapsedS = Math.min(atMs - last.atMs, horizonMs) / 1000;
  return { x: x.value + elapsedS * x.velocity - width.value / 2, y: y.value + elapsedS * y.velocity - height.value / 2, width: width.value, height: height.value };
}

/**
 * Goes on with a sighting. After pictures without one, the way in between is taken as straight, as if the box had been seen
 * in each of them: the velocity becomes that of the way really made, whatever was guessed meanwhile (the observation-centric
 * re-update of OC-SORT, Cao et al., CVPR 2023).
 */
export function continuePath(path: Path, box: Box, atMs: number, model: MotionModel): Path {
  let filter: Filter = path;
  let filterMs = path.last.atMs;
  for (let step = 1; step <= path.missed + 1; step++) {
    const part = step / (path.missed + 1);
    const nextMs = path.last.atMs + part * (atMs - path.last.atMs);
    filter = correct(filter, between(path.last.box, box, part), (nextMs - filterMs) / 1000, model);
    filterMs = nextMs;
  }
  const last = { box, atMs };
  const kept = path.sightings.findIndex((sighted) => atMs - sighted.atMs <= REMEMBERED_MS);
  const { x, y, width, height } = filter;
  return { x, y, width, height, sightings: [...(kept < 0 ? [path.last] : path.sightings.slice(kept)), last], last, missed: 0 };
}

export function missPath(path: Path): Path {
  return { ...path, missed: path.missed + 1 };
}

type Filter = Pick<Path, 'x' | 'y' | 'width' | 'height'>;

function correct(filter: Filter, box: Box, elapsedS: number, { agility, jitter, growth }: MotionModel): Filter {
  const area = box.height ** 2;
  const variance = jitter ** 2 * area;
  const moving = whiteAcceleration(agility * area, elapsedS);
  const growing: ProcessNoise = { value: growth * area * elapsedS, covariance: 0, velocity: 0 };
  const { x, y } = centre(box);
  return {
    x: correctCoordinate(predictCoordinate(filter.x, elapsedS, moving), x, variance),
    y: correctCoordinate(predictCoordinate(filter.y, elapsedS, moving), y, variance),
    width: correctCoordinate(predictCoordinate(filter.width, elapsedS, growing), box.width, variance),
    height: correctCoordinate(predictCoordinate(filter.height, elapsedS, growing), box.height, variance),
  };
}

/** Noise of a velocity that changes at random all the time (Bar-Shalom, Li and Kirubarajan 2001, section 6.2.2). */
function whiteAcceleration(density: number, elapsed: number): ProcessNoise {
  return { value: (density * elapsed ** 3) / 3, covariance: (density * elapsed ** 2) / 2, velocity: density * elapsed };
}

/** A box on the straight way from one to another. */
function between(from: Box, to: Box, part: number): Box {
  if (part === 1) return to;
  const mix = (a: number, b: number): number => a + part * (b - a);
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), width: mix(from.width, to.width), height: mix(from.height, to.height) };
}
