import { expect, it } from 'vitest';
import { createAudience } from '../../src/audience/index.ts';
import type { Box, Face } from '../../src/contract/index.ts';
import { seeded, shoot, SHOP_FILMS } from './tracking/shop-films.ts';

const SIZE = { widthPx: 1280, heightPx: 720 };
const SEEDS = [1, 2, 3, 4, 5, 6];

function inFractions({ x, y, width, height }: Box): Box {
  return { x: x / SIZE.widthPx, y: y / SIZE.heightPx, width: width / SIZE.widthPx, height: height / SIZE.heightPx };
}

/** Every other person turns the face to the camera now and then. */
function facesOf(people: readonly { readonly id: number; readonly box: Box }[], random: () => number): Face[] {
  return people
    .filter(({ id }) => id % 2 === 0 && random() < 0.8)
    .map(({ box }) => {
      const size = 0.15 * box.height;
      return { score: 0.8, yawDeg: 60, pitchDeg: 0, box: inFractions({ x: box.x + (box.width - size) / 2, y: box.y + 0.02 * box.height, width: size, height: size }) };
    });
}

/** How many visits there were too many or too few, and which share of the true stays was counted. */
function count(film: (typeof SHOP_FILMS)[number], fps: number, bodiesEvery: number, seed: number) {
  const random = seeded(1_000 + seed);
  const audience = createAudience();
  const stays = new Map<number, { fromMs: number; untilMs: number }>();
  for (const [index, { atMs, detections, truth }] of shoot(film, fps, seeded(seed)).pictures.entries()) {
    const bodies = index % bodiesEvery === 0 ? detections.map(({ box, score }) => ({ box: inFractions(box), score: 0.7 * Math.max(0, score) })) : null;
    audience.observe({ kind: 'frame', atMs, ...SIZE, faces: facesOf(truth, random), bodies });
    for (const { id } of truth) stays.set(id, { fromMs: stays.get(id)?.fromMs ?? atMs, untilMs: atMs });
  }
  const visits = audience.close();
  const trueMs = [...stays.values()].reduce((sum, { fromMs, untilMs }) => sum + untilMs - fromMs, 0);
  return { off: Math.abs(visits.length - stays.size), people: stays.size, dwell: visits.reduce((sum, { dwellMs }) => sum + dwellMs, 0) / trueMs };
}

it.each([
  ['bodies are searched in every picture, 5 a second', 5, 1],
  ['bodies are searched in every picture, 8 a second', 8, 1],
  ['bodies are searched twice a second, faces eight times', 8, 4],
])('counts the people of the shop films to a tenth, and their stays to a tenth, when %s', (_, fps, bodiesEvery) => {
  const counts = SHOP_FILMS.flatMap((film) => SEEDS.map((seed) => count(film, fps, bodiesEvery, seed)));
  const sum = (figure: 'off' | 'people' | 'dwell') => counts.reduce((total, one) => total + one[figure], 0);
  expect(sum('off') / sum('people')).toBeLessThan(0.1);
  expect(Math.abs(sum('dwell') / counts.length - 1)).toBeLessThan(0.1);
});
