import type { Box, Random } from '../../../src/contract/index.ts';
import type { Detection } from '../../../src/audience/tracking/index.ts';
import { overlap } from '../../../src/audience/tracking/overlap.ts';
import type { Film } from './film.ts';

/** Where somebody stands on the floor, metres: to the right of the camera and away from it. `null`: not in the shop. */
type Walker = (atS: number) => { readonly x: number; readonly z: number } | null;

const WIDTH = 1280;
const HEIGHT = 720;
/** Pixels that one metre takes at a distance of one metre; the camera looks level from 1.5 m above the floor. */
const FOCAL = 900;
const CAMERA_M = 1.5;
const STATURE_M = 1.7;
/** A made-up detector with the errors measured of a real one on a street: shares of the box's height. */
const PLACE_ERROR = 0.05;
const SHAPE_ERROR = 0.08;
const MISSED = 0.06;
const SPURIOUS = 0.04;

export interface ShopFilm {
  readonly name: string;
  readonly lengthS: number;
  readonly walkers: readonly Walker[];
}

/** Goes through the places at the given times, straight in between. */
function route(...stops: readonly (readonly [atS: number, x: number, z: number])[]): Walker {
  return (atS) => {
    const next = stops.findIndex(([time]) => time >= atS);
    const to = stops[next];
    const from = stops[next - 1] ?? to;
    if (!to || !from || atS < from[0]) return null;
    const part = to === from ? 0 : (atS - from[0]) / (to[0] - from[0]);
    return { x: from[1] + part * (to[1] - from[1]), z: from[2] + part * (to[2] - from[2]) };
  };
}

export const SHOP_FILMS: readonly ShopFilm[] = [
  { name: 'two who cross at arm’s length', lengthS: 8, walkers: [route([0, -3, 4.5], [8, 3, 4.5]), route([0, 3, 5.2], [8, -3, 5.2])] },
  { name: 'two who cross slowly, almost side by side', lengthS: 12, walkers: [route([0, -2, 4], [12, 2, 4]), route([0, 2, 4.4], [12, -2, 4.4])] },
  {
    name: 'one who stops and turns back, while another passes',
    lengthS: 12,
    walkers: [route([0, -3, 4], [4, 0, 4], [6, 0, 4], [11, -3.2, 4]), route([1, 3.5, 5], [8, -3.5, 5])],
  },
  { name: 'one who stands, hidden for a moment by each of two passers-by', lengthS: 14, walkers: [route([0, 0, 5], [14, 0, 5]), route([2, -3, 3], [6, 3, 3]), route([7, 3, 3.2], [12, -3, 3.2])] },
  {
    name: 'some who enter and leave one after the other through the same door',
    lengthS: 20,
    walkers: [route([0, 3.4, 5], [5, -1, 4], [12, -1, 4], [16, 3.4, 5]), route([4, 3.4, 5], [9, 0.5, 4.5], [19, 0.5, 4.5]), route([10, 3.4, 5], [14, 1.6, 3.5], [20, 1.6, 3.5])],
  },
  {
    name: 'a pair who walk together towards the screen',
    lengthS: 10,
    walkers: [route([0, -1, 9], [7, -0.4, 3], [10, -0.4, 3]), route([0, -0.4, 9.2], [7, 0.35, 3.1], [10, 0.35, 3.1])],
  },
  {
    name: 'ten in a busy aisle',
    lengthS: 15,
    walkers: Array.from({ length: 10 }, (_, index) => {
      const side = index % 2 === 0 ? -1 : 1;
      const z = 3.2 + 0.55 * index;
      return route([0.7 * index, side * 4.5, z], [0.7 * index + 3 + 0.2 * index, 0.3 * side * (index % 3), z], [0.7 * index + 4 + 0.2 * index, 0.3 * side * (index % 3), z], [0.7 * index + 8 + 0.2 * index, -side * 4.5, z]);
    }),
  },
];

/** What a detector with its errors makes of a film, picture by picture. */
export function shoot({ lengthS, walkers }: ShopFilm, fps: number, random: Random): Film {
  const pictures = Array.from({ length: Math.floor(lengthS * fps) }, (_, index) => {
    const atS = index / fps;
    const people = walkers.flatMap((walker, id) => {
      const place = walker(atS);
      return place && isInPicture(boxOf(place)) ? [{ id: id + 1, z: place.z, box: boxOf(place) }] : [];
    });
    const detections = people.flatMap((person): Detection[] => {
      const hidden = Math.max(0, ...people.filter((other) => other.z < person.z).map((other) => coverage(person.box, other.box)));
      // Half hidden is hard to find, hidden cannot be found; those that are found are faint.
      if (hidden > 0.7 || random() < MISSED + hidden / 2) return [];
      return [{ box: blurred(person.box, random), score: 0.95 - 0.1 * random() - 0.7 * hidden }];
    });
    if (random() < SPURIOUS) detections.push({ box: { x: random() * WIDTH, y: 100 + 200 * random(), width: 60 + 60 * random(), height: 180 + 150 * random() }, score: 0.3 + 0.4 * random() });
    return { atMs: 1000 * atS, detections, truth: people.map(({ id, box }) => ({ id, box })) };
  });
  return { pictures };
}

function boxOf({ x, z }: { readonly x: number; readonly z: number }): Box {
  const height = (FOCAL * STATURE_M) / z;
  const width = 0.36 * height;
  return { x: WIDTH / 2 + (FOCAL * x) / z - width / 2, y: HEIGHT / 2 + (FOCAL * CAMERA_M) / z - height, width, height };
}

function isInPicture(box: Box): boolean {
  return box.x + box.width / 2 > 0 && box.x + box.width / 2 < WIDTH;
}

/** Share of a box that another hides. */
function coverage(box: Box, other: Box): number {
  const both = overlap(box, other);
  const shared = (both / (1 + both)) * (box.width * box.height + other.width * other.height);
  return shared / (box.width * box.height);
}

function blurred(box: Box, random: Random): Box {
  const width = box.width + SHAPE_ERROR * box.height * 0.5 * normal(random);
  const height = box.height * (1 + SHAPE_ERROR * normal(random));
  const x = box.x + box.width / 2 + PLACE_ERROR * box.height * normal(random);
  const y = box.y + box.height / 2 + PLACE_ERROR * box.height * normal(random);
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Standard normal, by Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A generator of 32 bits (mulberry32), so that a film is the same each time. */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
