// How fast the tracker follows ten people, beside the time that this machine takes to read the same boxes from JSON: the
// least that any program does with a picture's detections. Rounds take turns, and the processor's time is counted rather than
// the clock's: other programs on the machine then matter little, and to both alike.
import { createSort, createTracker, type Tracker } from '../../src/audience/tracking/index.ts';
import type { Film } from '../audience/tracking/film.ts';
import { seeded, shoot } from '../audience/tracking/shop-films.ts';

const PEOPLE = 10;
const FPS = 10;
const ROUNDS = 25;
/** Times that the film is run through in one round. */
const SHOWINGS = 20;

const pictures = tenInView();
const lines = pictures.map(({ detections }) => JSON.stringify(detections));
const perPicture = pictures.reduce((sum, { detections }) => sum + detections.length, 0) / pictures.length;

const contenders = { 'default tracker': () => follow(createTracker), SORT: () => follow(createSort), 'JSON.parse of the boxes': read };
const rates = new Map(Object.keys(contenders).map((name) => [name, [] as number[]]));
for (let round = 0; round < ROUNDS + 3; round++) {
  for (const [name, run] of Object.entries(contenders)) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    const rate = (1e6 * SHOWINGS * pictures.length) / (user + system);
    // The first rounds compile.
    if (round >= 3) rates.get(name)?.push(rate);
  }
}

console.log(`${PEOPLE} people, ${perPicture.toFixed(1)} boxes a picture, ${pictures.length} pictures; median of ${ROUNDS} rounds and the middle half of them`);
const reference = quantile('JSON.parse of the boxes', 0.5);
for (const name of Object.keys(contenders)) {
  const median = quantile(name, 0.5);
  console.log(`${name.padEnd(26)} ${rounded(median)} pictures/s (${rounded(quantile(name, 0.25))} to ${rounded(quantile(name, 0.75))}), ${(reference / median).toFixed(2)} times the time of JSON.parse`);
}

/** Ten people who saunter side by side for 80 seconds, and pass in front of their neighbours now and then. */
function tenInView(): Film['pictures'] {
  const walkers = Array.from({ length: PEOPLE }, (_, index) => (atS: number) => {
    const z = 7 + 0.3 * index;
    return { x: z * (0.14 * (index - (PEOPLE - 1) / 2) + 0.06 * Math.sin(atS / (2 + 0.3 * index))), z };
  });
  return shoot({ name: 'ten in view', lengthS: 80, walkers }, FPS, seeded(1)).pictures;
}

function follow(create: () => Tracker): void {
  for (let showing = 0; showing < SHOWINGS; showing++) {
    const tracker = create();
    for (const { atMs, detections } of pictures) tracker.step(atMs, detections);
  }
}

function read(): void {
  for (let showing = 0; showing < SHOWINGS; showing++) {
    for (const line of lines) JSON.parse(line);
  }
}

function quantile(name: string, part: number): number {
  const sorted = (rates.get(name) ?? []).toSorted((a, b) => a - b);
  return sorted[Math.round(part * (sorted.length - 1))] ?? 0;
}

function rounded(rate: number): string {
  return Math.round(rate).toLocaleString('en');
}
