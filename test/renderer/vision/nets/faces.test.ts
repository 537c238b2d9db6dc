import { describe, expect, it } from 'vitest';
import { ANCHORS } from '../../../../renderer/vision/worker/nets/anchors.ts';
import { blend, candidates } from '../../../../renderer/vision/worker/nets/faces.ts';

describe('the face detector', () => {
  it('judges 896 places: 512 of a fine grid, then 384 of a coarse one', () => {
    expect(ANCHORS).toHaveLength(896);
    expect([ANCHORS[0], ANCHORS[1], ANCHORS[2], ANCHORS[511], ANCHORS[512], ANCHORS[895]]).toEqual([{ x: 8, y: 8 }, { x: 8, y: 8 }, { x: 24, y: 8 }, { x: 248, y: 248 }, { x: 16, y: 16 }, { x: 240, y: 240 }]);
  });

  it('says how far a face is from the anchor, and how large', () => {
    const scores = [-9, 2];
    const places = Array.from({ length: 32 }, (_, index) => [24, -8, 64, 32, 10, 0, 26, 8][index - 16] ?? 0);
    const [face, ...others] = candidates(scores, places, 512);
    expect(others).toEqual([]);
    expect(face?.score).toBeCloseTo(1 / (1 + Math.exp(-2)), 6);
    // The anchor is (16, 16); the middle of the face is (40, 8).
    expect(face?.box).toEqual({ x: 8 / 256, y: -8 / 256, width: 64 / 256, height: 32 / 256 });
    // From one eye to the other: it leans.
    expect(face?.eyes).toEqual({ x: 16 / 256, y: 8 / 256 });
  });

  it('takes neither a doubtful place nor one without extent nor one that is no number for a face', () => {
    const place = (width: number): number[] => [0, 0, width, 10, ...Array.from({ length: 12 }, () => 0)];
    expect(candidates([-1, 5, Number.NaN], [...place(10), ...place(0), ...place(10)], 0)).toEqual([]);
  });
});

describe('finds that overlap', () => {
  const find = (x: number, score: number) => ({ score, box: { x, y: 0.2, width: 0.2, height: 0.2 }, eyes: { x: 0.1, y: 0 } });

  it('are one face, at the mean of their places by their scores', () => {
    const [face, ...others] = blend([find(0.1, 0.5), find(0.13, 1)]);
    expect(others).toEqual([]);
    expect(face?.score).toBe(1);
    expect(face?.box.x).toBeCloseTo(0.12, 6);
  });

  it('but little are two, the surer first', () => {
    expect(blend([find(0.1, 0.5), find(0.25, 0.9)]).map(({ score }) => score)).toEqual([0.9, 0.5]);
  });

  it('in a crowd of hundreds are cut off at forty', () => {
    expect(blend(Array.from({ length: 300 }, (_, index) => ({ score: 0.9, box: { x: index / 300, y: 0, width: 0.002, height: 0.2 }, eyes: { x: 0.001, y: 0 } })))).toHaveLength(40);
  });
});
