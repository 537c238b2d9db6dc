import { describe, expect, it } from 'vitest';
import { createDemographicTurns } from '../../../renderer/vision/worker/demographic-turns.ts';
import { bandsOf } from '../../../renderer/vision/worker/demographics.ts';
import type { Face } from '../../../src/contract/index.ts';

describe('age bands', () => {
  it('sum the single years: the index is the age', () => {
    const years = new Float32Array(100);
    for (const [age, probability] of [[17, 0.1], [18, 0.2], [24, 0.1], [25, 0.1], [44, 0.2], [64, 0.1], [65, 0.1], [99, 0.1]] as const) years[age] = probability;
    expect(bandsOf(years).map((band) => Math.round(10 * band) / 10)).toEqual([0.1, 0.3, 0.1, 0.2, 0, 0.1, 0.2]);
  });
});

const SIZE = { widthPx: 1000, heightPx: 1000 };

function face(x: number, more: Partial<Face> = {}): Face {
  return { box: { x, y: 0.4, width: 0.1, height: 0.1 }, score: 0.9, yawDeg: 0, pitchDeg: 0, ...more };
}

describe('turns for the age and gender net', () => {
  it('go round among the faces, by their places', () => {
    const turns = createDemographicTurns(1000);
    const order = [0, 200, 400, 600].map((atMs) => {
      const faces = [face(0.1 + atMs / 10_000), face(0.5), face(0.8)];
      const index = turns.choose(faces, SIZE, atMs)!;
      turns.book(faces[index]!, atMs, 100);
      return index;
    });
    expect(order).toEqual([0, 1, 2, 0]);
  });

  it('are only for faces that are large and look here', () => {
    const turns = createDemographicTurns(1000);
    const small = face(0.1, { box: { x: 0.1, y: 0.1, width: 0.05, height: 0.1 } });
    expect(turns.choose([small, face(0.3, { yawDeg: 31 }), face(0.5, { pitchDeg: -26 })], SIZE, 0)).toBeNull();
    expect(turns.choose([small, face(0.3, { yawDeg: -30, pitchDeg: 25 })], SIZE, 0)).toBe(1);
  });

  it('keep to their share of each second', () => {
    const turns = createDemographicTurns(200);
    let spentMs = 0;
    for (let atMs = 0; atMs < 10_000; atMs += 100) {
      if (turns.choose([face(0.5)], SIZE, atMs) === null) continue;
      turns.book(face(0.5), atMs, 150);
      spentMs += 150;
    }
    expect(spentMs).toBeLessThanOrEqual(10 * 200 + 200 + 150);
    expect(spentMs).toBeGreaterThan(1_800);
  });

  it('are none without a budget', () => {
    expect(createDemographicTurns(0).choose([face(0.5)], SIZE, 0)).toBeNull();
  });
});
