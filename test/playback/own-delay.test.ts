import { describe, expect, it } from 'vitest';
import { OwnDelay } from '../../src/playback/index.ts';

const EVERY_MS = 500;

describe('whoever looks at regular times', () => {
  it('judges at once as long as the looks come in time, or a little late', () => {
    const delay = new OwnDelay(EVERY_MS, 0);
    for (const nowMs of [500, 1_000, 2_900, 3_400]) expect(delay.isCatchingUp(nowMs), `${nowMs} ms`).toBe(false);
  });

  it('first catches up when it was held up itself', () => {
    const delay = new OwnDelay(EVERY_MS, 0);
    expect([10_000, 10_500, 11_000, 11_500].map((nowMs) => delay.isCatchingUp(nowMs))).toEqual([true, true, true, false]);
  });

  it('judges all the same when it is held up again and again', () => {
    const delay = new OwnDelay(EVERY_MS, 0);
    const looks = Array.from({ length: 30 }, (_, index) => delay.isCatchingUp(3_000 * (index + 1)));
    expect(looks.filter((isCatchingUp) => isCatchingUp).length).toBeLessThan(5);
    expect(looks.filter((isCatchingUp) => !isCatchingUp).length).toBeGreaterThan(20);
  });
});
