import { describe, expect, it } from 'vitest';
import { createAudience } from '../../../src/audience/index.ts';
import type { Audience, FrameObservation, Visit } from '../../../src/contract/index.ts';
import { living, picture, scene, standing, walking, withDetectorNoise, type Actor, type Posture } from '../scenes.ts';
import { seeded } from '../tracking/shop-films.ts';

const MINUTE = 60_000;
const FACE: Posture = { x: 0.3, yawDeg: 5 };
const MANNEQUIN: Posture = { x: 0.3, yawDeg: null };

function run(frames: readonly FrameObservation[]): { moments: Audience[]; visits: Visit[] } {
  const audience = createAudience();
  const moments = frames.map((frame) => {
    audience.observe(frame);
    return audience.at(frame.atMs);
  });
  return { moments, visits: audience.close() };
}

const film = (minutes: number, seed: number, ...actors: Actor[]) => withDetectorNoise(scene(minutes * MINUTE, actors), seeded(seed));
const presentAt = (moments: readonly Audience[], minute: number) => moments.find(({ atMs }) => atMs >= minute * MINUTE)!;

describe('what never moves', () => {
  it.each([1, 2, 3])('is no watcher: a poster with a face that hangs there from the first picture (noise %i)', (seed) => {
    const { moments, visits } = run(film(10, seed, standing(0, 10 * MINUTE, FACE)));
    expect(visits).toEqual([]);
    expect(presentAt(moments, 1)).toMatchObject({ present: 1, watching: 1 });
    expect(moments.filter(({ atMs }) => atMs > 2.5 * MINUTE).every(({ present, watching }) => present === 0 && watching === 0)).toBe(true);
  });

  it.each([1, 2, 3])('is nobody: a mannequin (noise %i)', (seed) => {
    const { moments, visits } = run(film(10, seed, standing(0, 10 * MINUTE, MANNEQUIN)));
    expect(visits).toEqual([]);
    expect(presentAt(moments, 9).present).toBe(0);
  });

  it('is nobody either when it is hung up later, and the one who hangs it up is', () => {
    const { moments, visits } = run(film(10, 4, living(MINUTE, 2 * MINUTE, { x: 0.6, yawDeg: null }, seeded(9)), standing(1.8 * MINUTE, 10 * MINUTE, FACE)));
    expect(visits).toHaveLength(1);
    expect(visits[0]).toMatchObject({ dwellMs: MINUTE, watcher: false });
    expect(presentAt(moments, 9).present).toBe(0);
  });

  it('stays known while it is found now and then only, or hidden by people for a while', () => {
    const flickering: Actor = (atMs) => (atMs < 4 * MINUTE || Math.floor(atMs / 8_000) % 2 === 0 ? FACE : null);
    const { visits } = run(film(12, 5, flickering));
    expect(visits).toEqual([]);
  });

  it('stays nobody when people walk past, who are counted', () => {
    const passers = Array.from({ length: 8 }, (_, index) => walking((3 + index) * MINUTE, (3 + index) * MINUTE + 6_000, 0.05, 0.95, { yawDeg: null }));
    const { visits } = run(film(12, 6, standing(0, 12 * MINUTE, FACE), ...passers));
    expect(visits).toHaveLength(8);
  });

  it('is taken up again when it moves, from then on', () => {
    const waking: Actor = (atMs) => (atMs < 5 * MINUTE ? FACE : living(5 * MINUTE, 8 * MINUTE, { ...FACE, x: 0.34 }, seeded(3))(atMs));
    const { moments, visits } = run(film(8, 7, waking));
    expect(presentAt(moments, 4.9).present).toBe(0);
    expect(presentAt(moments, 5.3).present).toBe(1);
    expect(visits).toHaveLength(1);
    expect(visits[0]!.dwellMs).toBeGreaterThan(2.7 * MINUTE);
    expect(visits[0]!.dwellMs).toBeLessThanOrEqual(3 * MINUTE);
  });
});

describe('people who stand', () => {
  it.each([1, 2, 3, 4, 5, 6])('are people for as long as they stand: they sway, and shift their weight (%i)', (seed) => {
    const { moments, visits } = run(film(12, seed, living(0, 12 * MINUTE, FACE, seeded(10 + seed)), living(0, 12 * MINUTE, { ...MANNEQUIN, x: 0.7 }, seeded(20 + seed))));
    expect(visits).toMatchObject([{ dwellMs: 12 * MINUTE }, { dwellMs: 12 * MINUTE }]);
    expect(moments.filter(({ atMs }) => atMs > MINUTE).every(({ present }) => present === 2)).toBe(true);
  });

  it('may stand quietly for a minute and a half: that is not minutes', () => {
    expect(run([...scene(1.5 * MINUTE, [standing(0, 1.5 * MINUTE, FACE)]), picture(2 * MINUTE, [], [])]).visits).toHaveLength(1);
  });
});
