import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bernoulli, bernoulliExp } from '../../src/statistics/bernoulli.ts';
import { rational } from '../../src/statistics/rational.ts';
import { seededUniform } from './uniform-sources.ts';
import { wilson } from './wilson.ts';

const N = 20_000;

function frequency(toss: () => boolean): { low: number; high: number } {
  let hits = 0;
  for (let n = 0; n < N; n++) if (toss()) hits++;
  return wilson(hits, N);
}

describe('a fraction', () => {
  it('stands in lowest terms, and keeps its value', () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 30n), fc.bigInt(1n, 10n ** 30n), fc.bigInt(1n, 10n ** 9n), (n, d, factor) => {
      const reduced = rational(n * factor, d * factor);
      expect(reduced).toEqual(rational(n, d));
      expect(reduced.numerator * d).toBe(reduced.denominator * n);
    }));
  });

  it('is never negative and never over zero', () => {
    expect(() => rational(-1n)).toThrow(RangeError);
    expect(() => rational(1n, 0n)).toThrow(RangeError);
  });
});

describe('a coin with probability p', () => {
  it.each([[0n, 1n], [1n, 1n], [1n, 3n], [1n, 65_537n], [12_345n, 1_000_003n]])('%s/%s comes up that often', (numerator, denominator) => {
    const uniform = seededUniform(1n);
    const { low, high } = frequency(() => bernoulli(rational(numerator, denominator), uniform));
    const p = Number(numerator) / Number(denominator);
    expect(low <= p && p <= high).toBe(true);
  });
});

describe('a coin with probability e^-x', () => {
  it.each([[0n, 1n], [1n, 2n], [1n, 1n], [5n, 2n], [1n, 65_537n], [12_345n, 1_000_003n]])('x = %s/%s comes up that often', (numerator, denominator) => {
    const uniform = seededUniform(2n);
    const { low, high } = frequency(() => bernoulliExp(rational(numerator, denominator), uniform));
    const p = Math.exp(-Number(numerator) / Number(denominator));
    expect(low <= p && p <= high).toBe(true);
  });

  it('of a sum is as likely as both of its parts: e^-(a+b) = e^-a · e^-b', () => {
    const [a, b, sum] = [rational(3n, 4n), rational(2n, 3n), rational(17n, 12n)];
    const uniform = seededUniform(3n);
    const whole = frequency(() => bernoulliExp(sum, uniform));
    const parts = frequency(() => bernoulliExp(a, uniform) && bernoulliExp(b, uniform));
    expect(whole.low < parts.high && parts.low < whole.high).toBe(true);
  });
});
