import { describe, expect, it } from 'vitest';
import { cryptoUniform } from '../../src/statistics/index.ts';
import { wilson } from './wilson.ts';

describe('U(m) from the operating system', () => {
  it('of one value is always 0', () => {
    expect(cryptoUniform(1n)).toBe(0n);
  });

  it.each([2n, 3n, 7n, 255n, 256n, 257n, 2n ** 64n + 1n])('stays below %s', (below) => {
    for (let n = 0; n < 500; n++) {
      const drawn = cryptoUniform(below);
      expect(drawn >= 0n && drawn < below).toBe(true);
    }
  });

  it.each([2, 3, 5])('gives each of %d values equally often', (below) => {
    const n = 20_000;
    const seen = new Array<number>(below).fill(0);
    for (let draw = 0; draw < n; draw++) seen[Number(cryptoUniform(BigInt(below)))]! += 1;
    for (const hits of seen) {
      const { low, high } = wilson(hits, n);
      expect(low < 1 / below && 1 / below < high).toBe(true);
    }
  });

  it('reaches beyond 64 bits', () => {
    const draws = Array.from({ length: 200 }, () => cryptoUniform(2n ** 100n));
    expect(draws.some((drawn) => drawn > 2n ** 99n)).toBe(true);
  });

  it('does not exist below 1', () => {
    expect(() => cryptoUniform(0n)).toThrow(RangeError);
  });
});
