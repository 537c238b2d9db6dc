import { describe, expect, it } from 'vitest';
import { sharpnessOf } from '../../../../renderer/vision/worker/nets/sharpness.ts';

const SIDE = 64;

/** Grey pixels as RGBA. */
function rgbaOf(luma: (x: number, y: number) => number): number[] {
  return Array.from({ length: SIDE * SIDE * 4 }, (_, index) => (index % 4 === 3 ? 255 : luma(Math.floor(index / 4) % SIDE, Math.floor(index / 4 / SIDE))));
}

const edges = (x: number, y: number): number => ((x >> 3) + (y >> 3)) % 2 === 0 ? 60 : 160;
const blurred = (x: number, y: number): number => {
  let sum = 0;
  for (let dx = -4; dx <= 4; dx++) sum += edges(x + dx + 8, y);
  return sum / 9;
};

describe('sharpness', () => {
  it('falls when the same picture is smeared by a motion', () => {
    expect(sharpnessOf(rgbaOf(blurred), SIDE)).toBeLessThan(0.7 * sharpnessOf(rgbaOf(edges), SIDE));
  });

  it('does not depend on light and contrast', () => {
    expect(sharpnessOf(rgbaOf((x, y) => 20 + edges(x, y) / 3), SIDE)).toBeCloseTo(sharpnessOf(rgbaOf(edges), SIDE), 3);
  });

  it('of a plain surface is nothing', () => {
    expect(sharpnessOf(rgbaOf(() => 99), SIDE)).toBe(0);
  });
});
