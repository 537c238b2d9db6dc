import type { Box } from '../../contract/index.ts';
import { assign } from '../assignment.ts';
import { centre } from '../geometry.ts';
import { beginCoordinate, correctCoordinate, predictCoordinate, type Coordinate, type ProcessNoise } from './kalman.ts';
import { overlap } from './overlap.ts';
import type { Detection, Tracked, Tracker } from './tracker.ts';

/** The published defaults. Counts are in pictures: SORT knows no time. */
export const SORT_PARAMETERS = {
  /** Pictures that a track may go unseen. */
  maxAge: 1,
  /** Sightings in a row before a track is told, but for the first pictures of a film. */
  minHits: 3,
  minOverlap: 0.3,
};

/** Noise in pixels: variances of the filter as published, for the centre, the area and the aspect width ÷ height. */
const CENTRE_NOISE: ProcessNoise = { value: 1, covariance: 0, velocity: 0.01 };
const AREA_NOISE: ProcessNoise = { value: 1, covariance: 0, velocity: 0.0001 };
const ASPECT_NOISE: ProcessNoise = { value: 1, covariance: 0, velocity: 0 };
const CENTRE_VARIANCE = 1;
const SHAPE_VARIANCE = 10;
const BEGIN_VARIANCE = 10;
const BEGIN_VELOCITY_VARIANCE = 10_000;

interface State {
  readonly x: Coordinate;
  readonly y: Coordinate;
  readonly area: Coordinate;
  readonly aspect: Coordinate;
}

interface SortTrack {
  readonly id: number;
  state: State;
  unseen: number;
  streak: number;
}

/**
 * SORT, the reference that the product's own tracker is measured against (Bewley, Ge, Ott, Ramos and Upcroft, "Simple online
 * and realtime tracking", ICIP 2016): a constant-velocity Kalman filter a box and one assignment on overlap. It looks neither
 * at the time nor at the scores.
 */
export function createSort(options: Partial<typeof SORT_PARAMETERS> = {}): Tracker {
  const { maxAge, minHits, minOverlap } = { ...SORT_PARAMETERS, ...options };
  let tracks: SortTrack[] = [];
  let pictures = 0;
  let ids = 0;

  return {
    step(_atMs: number, detections: readonly Detection[]): readonly Tracked[] {
      pictures += 1;
      for (const track of tracks) {
        track.state = predict(track.state);
        if (track.unseen > 0) track.streak = 0;
        track.unseen += 1;
      }
      tracks = tracks.filter(({ state }) => isBox(boxOf(state)));
      const partners = pair(tracks.map(({ state }) => boxOf(state)), detections, minOverlap);
      for (const [index, track] of tracks.entries()) {
        const detection = detections[partners[index] ?? -1];
        if (!detection) continue;
        track.state = correct(track.state, detection.box);
        track.unseen = 0;
        track.streak += 1;
      }
      const taken = new Set(partners);
      for (const [index, { box }] of detections.entries()) {
        if (!taken.has(index)) tracks.push({ id: ++ids, state: begin(box), unseen: 0, streak: 0 });
      }
      tracks = tracks.filter(({ unseen }) => unseen <= maxAge);
      return tracks.filter(({ unseen, streak }) => unseen === 0 && (streak >= minHits || pictures <= minHits)).map(({ id, state }) => ({ id, box: boxOf(state) }));
    },
  };
}

/** For each predicted box its detection, or `null`. Pairs that are anyway the only ones for both are taken without weighing. */
function pair(predicted: readonly Box[], detections: readonly Detection[], minOverlap: number): readonly (number | null)[] {
  const overlaps = predicted.map((box) => detections.map((detection) => overlap(box, detection.box)));
  const above = overlaps.map((row) => row.flatMap((value, column) => (value > minOverlap ? [column] : [])));
  const columns = above.flat();
  const oneToOne = above.every((row) => row.length <= 1) && new Set(columns).size === columns.length && columns.length > 0;
  const partners = oneToOne ? above.map((row) => row[0] ?? null) : assign(overlaps);
  return partners.map((column, row) => (column !== null && (overlaps[row]?.[column] ?? 0) >= minOverlap ? column : null));
}

function begin(box: Box): State {
  const { x, y } = centre(box);
  return {
    x: beginCoordinate(x, BEGIN_VARIANCE, BEGIN_VELOCITY_VARIANCE),
    y: beginCoordinate(y, BEGIN_VARIANCE, BEGIN_VELOCITY_VARIANCE),
    area: beginCoordinate(box.width * box.height, BEGIN_VARIANCE, BEGIN_VELOCITY_VARIANCE),
    aspect: beginCoordinate(box.width / box.height, BEGIN_VARIANCE, 0),
  };
}

function predict({ x, y, area, aspect }: State): State {
  // An area that would shrink to nothing stays as it is.
  const steady = area.value + area.velocity <= 0 ? { ...area, velocity: 0 } : area;
  return {
    x: predictCoordinate(x, 1, CENTRE_NOISE),
    y: predictCoordinate(y, 1, CENTRE_NOISE),
    area: predictCoordinate(steady, 1, AREA_NOISE),
    aspect: predictCoordinate(aspect, 1, ASPECT_NOISE),
  };
}

function correct(state: State, box: Box): State {
  const { x, y } = centre(box);
  return {
    x: correctCoordinate(state.x, x, CENTRE_VARIANCE),
    y: correctCoordinate(state.y, y, CENTRE_VARIANCE),
    area: correctCoordinate(state.area, box.width * box.height, SHAPE_VARIANCE),
    aspect: correctCoordinate(state.aspect, box.width / box.height, SHAPE_VARIANCE),
  };
}

function boxOf({ x, y, area, aspect }: State): Box {
  const width = Math.sqrt(area.value * aspect.value);
  const height = area.value / width;
  return { x: x.value - width / 2, y: y.value - height / 2, width, height };
}

/** The area and the aspect are estimated apart and may turn out to be no box. */
function isBox(box: Box): boolean {
  return Object.values(box).every(Number.isFinite);
}
