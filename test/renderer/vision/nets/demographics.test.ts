import { describe, expect, it } from 'vitest';
import { bandsOf } from '../../../../renderer/vision/worker/nets/demographics.ts';

describe('age bands', () => {
  it('sum the single years: the index is the age', () => {
    const years = new Float32Array(100);
    for (const [age, probability] of [[17, 0.1], [18, 0.2], [24, 0.1], [25, 0.1], [44, 0.2], [64, 0.1], [65, 0.1], [99, 0.1]] as const) years[age] = probability;
    expect(bandsOf(years).map((band) => Math.round(10 * band) / 10)).toEqual([0.1, 0.3, 0.1, 0.2, 0, 0.1, 0.2]);
  });
});
