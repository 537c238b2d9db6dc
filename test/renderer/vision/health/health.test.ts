import { describe, expect, it } from 'vitest';
import { createHealth } from '../../../../renderer/vision/worker/health/health.ts';
import { lit, shop, thumbnailOf, withPerson, type Scene } from './scenes.ts';

/** Shows `scene` at 5 pictures a second from `fromMs` to `toMs`, and says which codes came when. */
function show(health: ReturnType<typeof createHealth>, fromMs: number, toMs: number, scene: (atMs: number) => Scene): { atMs: number; code: string }[] {
  const told: { atMs: number; code: string }[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += 200) {
    const trouble = health(thumbnailOf(scene(atMs), atMs));
    if (trouble) told.push({ atMs, code: trouble.message.split(':')[0] ?? '' });
  }
  return told;
}
const codes = (told: readonly { code: string }[]): string[] => [...new Set(told.map(({ code }) => code))];

describe('a camera that sees', () => {
  it('is well while people come, stand close, and go', () => {
    const health = createHealth(true);
    const passers = (atMs: number): Scene => withPerson(withPerson(shop(3), 4 + ((atMs / 300) % 50), 20 + ((atMs / 300) % 50), 6), 25, 55, 3, Math.sin(atMs / 700));
    expect(show(health, 0, 10_000, () => shop(3))).toEqual([]);
    expect(show(health, 10_000, 60_000, passers)).toEqual([]);
    expect(show(health, 60_000, 70_000, () => shop(3))).toEqual([]);
  });

  it('is well while the light is switched off and on, as long as there is something to see', () => {
    const health = createHealth(true);
    const light = (atMs: number): Scene => lit(shop(3), Math.floor(atMs / 8_000) % 2 === 0 ? 1 : 0.25, Math.floor(atMs / 16_000) % 2 === 0 ? 0 : 30);
    expect(show(health, 0, 80_000, light)).toEqual([]);
  });

  it('is well while the daylight goes, and shelves are filled one after the other', () => {
    const health = createHealth(true);
    const day = (atMs: number): Scene => (column, row) => lit(column < atMs / 5_000 ? shop(8) : shop(3), 1 - atMs / 600_000)(column, row);
    expect(show(health, 0, 320_000, day)).toEqual([]);
  });
});

describe('a camera that cannot be believed', () => {
  it('is dark when the shop is', () => {
    const health = createHealth(false);
    show(health, 0, 2_000, () => shop(3));
    expect(codes(show(health, 2_000, 4_000, () => () => 9))).toEqual(['picture-dark']);
    expect(show(health, 4_000, 6_000, () => shop(3))).toEqual([]);
  });

  it('is covered when something plain is right before it', () => {
    expect(codes(show(createHealth(false), 0, 1_000, () => (column) => 90 + column / 20))).toEqual(['picture-covered']);
  });

  it('is frozen after five seconds of one and the same picture, and well with the next other one', () => {
    const health = createHealth(false);
    const still = thumbnailOf(shop(3), 0);
    const told = Array.from({ length: 40 }, (_, picture) => ({ ...still, atMs: 200 * picture })).map(health);
    expect(told.findIndex((trouble) => trouble?.message.startsWith('picture-frozen:'))).toBe(25);
    expect(health(thumbnailOf(shop(3), 9_000))).toBeNull();
  });

  it('was moved when everything has been another scene for five seconds', () => {
    const health = createHealth(true);
    show(health, 0, 10_000, () => shop(3));
    const told = show(health, 10_000, 20_000, () => shop(5));
    expect(codes(told)).toEqual(['camera-moved']);
    expect(told[0]?.atMs).toBe(15_000);
  });

  it('was moved also when it only turned by a tenth of its picture, with somebody in front of it', () => {
    const health = createHealth(true);
    show(health, 0, 10_000, () => withPerson(shop(3), 10, 25, 12));
    expect(codes(show(health, 10_000, 20_000, () => withPerson(shop(3, 6), 30, 45, 12)))).toEqual(['camera-moved']);
  });
});

describe('a moved camera', () => {
  it('with a calibration stays blind however long, until it is back', () => {
    const health = createHealth(true);
    show(health, 0, 10_000, () => shop(3));
    show(health, 10_000, 16_000, () => shop(5));
    expect(show(health, 16_000, 300_000, () => shop(5))).toHaveLength(284 * 5);
    const back = show(health, 300_000, 310_000, () => shop(3));
    expect(back.at(-1)?.atMs).toBe(301_800);
  });

  it('without a calibration takes the new scene for its own after a minute of stillness', () => {
    const health = createHealth(false);
    show(health, 0, 10_000, () => shop(3));
    const told = show(health, 10_000, 90_000, () => shop(5));
    expect(codes(told)).toEqual(['camera-moved']);
    expect(told.at(-1)?.atMs).toBe(69_800);
    expect(show(health, 90_000, 120_000, () => shop(5))).toEqual([]);
  });

  it('is not what somebody is who dances right before the lens', () => {
    const health = createHealth(true);
    show(health, 0, 10_000, () => shop(3));
    // Covers all of the picture, and never looks the same for a second.
    expect(show(health, 10_000, 40_000, (atMs) => shop(11 + Math.floor(atMs / 1_000)))).toEqual([]);
  });

  it('is not what a stream is that changes its shape', () => {
    const health = createHealth(true);
    show(health, 0, 10_000, () => shop(3));
    for (let atMs = 10_000; atMs < 30_000; atMs += 200) expect(health(thumbnailOf(shop(5), atMs, 3 / 4))).toBeNull();
  });
});
