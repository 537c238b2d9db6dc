import { describe, expect, it } from 'vitest';
import { byFrame, readMot, writeMot } from '../../../src/audience/mot-file.ts';
import { createSort, createTracker, type Detection } from '../../../src/audience/tracking/index.ts';
import { TUD_CAMPUS_FPS, tudCampus, tudCampusRows, WITHOUT_TUD_CAMPUS } from '../tud-campus.ts';
import { filmOf, scoreOf, scores, track, type Film } from './film.ts';
import { seeded, shoot, SHOP_FILMS } from './shop-films.ts';

const HEIGHT = 100;
const person = (x: number, score = 0.9): Detection => ({ score, box: { x, y: 50, width: 36, height: HEIGHT } });

/** Ten pictures a second; each entry is what is detected in one of them. Says the ids told in each. */
function ids(pictures: readonly (readonly Detection[])[]): number[][] {
  const tracker = createTracker();
  return pictures.map((detections, index) => tracker.step(100 * index, detections).map(({ id }) => id));
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe('the default tracker', () => {
  it('tells who is there from the start at once, and who comes later after a moment', () => {
    expect(ids(times(5, (index) => [person(0), ...(index >= 2 ? [person(300)] : [])]))).toEqual([[1], [1], [1], [1], [1, 2]]);
  });

  it('never tells one spurious find', () => {
    expect(ids(times(6, (index) => [person(0), ...(index === 3 ? [person(300)] : [])])).flat()).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('goes on with somebody who was hidden for a second, walking or standing', () => {
    for (const speed of [0, 8]) {
      const walk = times(40, (index) => (index > 15 && index < 26 ? [] : [person(speed * index)]));
      expect(new Set(ids(walk).flat())).toEqual(new Set([1]));
    }
  });

  it('goes on with somebody who stopped while hidden, where the prediction walked on', () => {
    // At 8 pixels a picture the prediction is 64 further, nowhere near.
    const walk = times(40, (index) => (index > 15 && index < 24 ? [] : [person(8 * Math.min(index, 15))]));
    expect(new Set(ids(walk).flat())).toEqual(new Set([1]));
  });

  it('holds somebody in view by faint finds, and never begins with one', () => {
    const walk = times(30, (index) => [person(5 * index, index < 10 ? 0.9 : 0.3), person(400, 0.3)]);
    expect(ids(walk)).toEqual(times(30, () => [1]));
  });

  it('keeps two apart who pass each other closely, by the way they go', () => {
    const tracker = createTracker();
    const told = times(41, (index) => tracker.step(100 * index, [person(6 * index), { ...person(240 - 6 * index), box: { ...person(240 - 6 * index).box, y: 60 } }]));
    expect(told[0]!.map(({ id, box }) => [id, Math.round(box.x)])).toEqual([[1, 0], [2, 240]]);
    expect(told.at(-1)!.map(({ id, box }) => [id, Math.round(box.x / 20)])).toEqual([[1, 12], [2, expect.closeTo(0)]]);
  });

  it('loses who is away for two seconds, and knows nobody again', () => {
    expect(new Set(ids(times(60, (index) => (index > 20 && index < 41 ? [] : [person(0)]))).flat())).toEqual(new Set([1, 2]));
  });

  it('sees the same at any resolution', () => {
    const film = shoot(SHOP_FILMS.at(-1)!, 8, seeded(3));
    const larger: Film = { pictures: film.pictures.map((picture) => ({ ...picture, detections: picture.detections.map(({ box, score }) => ({ score, box: { x: 4 * box.x, y: 4 * box.y, width: 4 * box.width, height: 4 * box.height } })) })) };
    const [small, large] = [track(createTracker(), film), track(createTracker(), larger)];
    expect(large.map((people) => people.map(({ id }) => id))).toEqual(small.map((people) => people.map(({ id }) => id)));
    for (const [index, people] of large.entries()) for (const [other, { box }] of people.entries()) expect(box.x).toBeCloseTo(4 * small[index]![other]!.box.x, 6);
  });

  it('tells nobody twice in a picture, and nothing that is not a box', () => {
    for (const film of SHOP_FILMS) {
      for (const people of track(createTracker(), shoot(film, 8, seeded(9)))) {
        expect(new Set(people.map(({ id }) => id)).size).toBe(people.length);
        for (const { box } of people) {
          expect(Object.values(box).every(Number.isFinite)).toBe(true);
          expect(Math.min(box.width, box.height)).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe.each([5, 10, 25])('beside SORT, at %i pictures a second', (fps) => {
  it.each(SHOP_FILMS)('keeps identities no worse for $name', (film) => {
    const [ours, sort] = [createTracker, createSort].map((create) => times(3, (seed) => scoreOf(create(), shoot(film, fps, seeded(seed + 1))).IDF1).reduce((a, b) => a + b, 0) / 3);
    expect(ours).toBeGreaterThanOrEqual(sort!);
  });
});

it('reaches on TUD-Campus what ByteTrack does', ({ skip }) => {
  skip(tudCampus === null, WITHOUT_TUD_CAMPUS);
  const truth = tudCampusRows('gt.txt');
  const told = track(createTracker(), filmOf(truth, tudCampusRows('det.txt'), TUD_CAMPUS_FPS));
  const rows = told.flatMap((people, index) => people.map((someone) => ({ frame: index + 1, ...someone, confidence: 1 })));
  const score = scores(truth, byFrame(readMot(writeMot(rows), 'default')));
  expect(score.HOTA).toBeGreaterThanOrEqual(0.5139);
  expect(score.IDF1).toBeGreaterThanOrEqual(0.7132);
});
