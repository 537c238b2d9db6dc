import { describe, expect, it } from 'vitest';
import { discreteLaplace } from '../../src/statistics/discrete-laplace.ts';
import { rational } from '../../src/statistics/rational.ts';
import { recordedUniform, seededUniform } from './uniform-sources.ts';
import { wilson } from './wilson.ts';

describe('the sampler, step by step', () => {
  it.each<{ result: bigint; tape: [number, number][] }>([
    { result: 0n, tape: [[2, 1], [1, 0], [1, 0], [1, 0], [2, 1]] },
    { result: -1n, tape: [[2, 0], [1, 0], [1, 0], [1, 0], [2, 0], [3, 2], [1, 0], [2, 1]] },
  ])('asks for exactly these draws on its way to $result', ({ result, tape }) => {
    const { uniform, unplayed } = recordedUniform(tape);
    expect(discreteLaplace(rational(1n), uniform)).toBe(result);
    expect(unplayed()).toBe(0);
  });

  it('throws minus zero back: zero must not come up twice', () => {
    const minusZero: [number, number][] = [[2, 0], [1, 0], [1, 0], [1, 0], [2, 1]];
    const zero: [number, number][] = [[2, 1], [1, 0], [1, 0], [1, 0], [2, 1]];
    const { uniform, unplayed } = recordedUniform([...minusZero, ...zero]);
    expect(discreteLaplace(rational(1n), uniform)).toBe(0n);
    expect(unplayed()).toBe(0);
  });

  it('adds nothing at scale 0, and draws nothing for it', () => {
    expect(discreteLaplace(rational(0n), recordedUniform([]).uniform)).toBe(0n);
  });
});

const pmfAt = (a: number, x: number): number => ((1 - a) / (1 + a)) * a ** Math.abs(x);
const varianceAt = (a: number): number => (2 * a) / (1 - a) ** 2;

// Constants that OpenDP's tests hold the same sampler to.
it.each([
  { scale: 1, p0: 0.46211715726000974, p1: 0.17000340156854793, variance: 1.8413471884155848 },
  { scale: 2, p0: 0.24491866240370913, p1: 0.14855067788365744, variance: 7.835396178065527 },
  { scale: 10, p0: 0.049958374957880004, p1: 0.045204207006160478, variance: 199.8334166336092 },
])('the formulas that the draws are held to are those of the literature at scale $scale', ({ scale, p0, p1, variance }) => {
  const a = Math.exp(-1 / scale);
  expect(pmfAt(a, 0)).toBeCloseTo(p0, 14);
  expect(pmfAt(a, 1)).toBeCloseTo(p1, 14);
  expect(varianceAt(a)).toBeCloseTo(variance, 9);
});

describe.each([
  { scale: rational(1n), a: Math.exp(-1) },
  { scale: rational(2n), a: Math.exp(-1 / 2) },
  { scale: rational(10n), a: Math.exp(-1 / 10) },
  { scale: rational(10n, 11n), a: Math.exp(-11 / 10) },
])('discrete Laplace noise of scale $scale.numerator/$scale.denominator', ({ scale, a }) => {
  const N = 25_000;
  const uniform = seededUniform(20_261_122n);
  const counts = new Map<number, number>();
  for (let n = 0; n < N; n++) {
    const x = Number(discreteLaplace(scale, uniform));
    counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  const drawn = [...counts];
  const hits = (x: number): number => counts.get(x) ?? 0;
  const pmf = (x: number): number => pmfAt(a, x);
  const variance = varianceAt(a);
  const within = (count: number, p: number): boolean => {
    const { low, high } = wilson(count, N);
    return low <= p && p <= high;
  };

  it('is 0 and 1 as often as the formula says', () => {
    expect(within(hits(0), pmf(0))).toBe(true);
    expect(within(hits(1), pmf(1))).toBe(true);
  });

  it('is symmetric, so that sums stay unbiased', () => {
    const mean = drawn.reduce((sum, [x, count]) => sum + x * count, 0) / N;
    expect(Math.abs(mean)).toBeLessThan(6 * Math.sqrt(variance / N));
    for (let k = 1; k <= 5; k++) {
      const { low, high } = wilson(hits(k), hits(k) + hits(-k));
      expect(low < 0.5 && 0.5 < high).toBe(true);
    }
  });

  it('has the spread of the formula: 2a/(1 − a)²', () => {
    const measured = drawn.reduce((sum, [x, count]) => sum + x * x * count, 0) / N;
    // The fourth moment is below 6.7 times the squared variance at these scales, so that of x² spreads by sqrt(5.7).
    expect(Math.abs(measured - variance)).toBeLessThan(6 * variance * Math.sqrt(5.7 / N));
  });

  it('has tails of the formula: 2 aᵗ/(1 + a)', () => {
    for (const t of [1, 2, 4, 8]) {
      const tail = drawn.reduce((sum, [x, count]) => sum + (Math.abs(x) >= t ? count : 0), 0);
      expect(within(tail, (2 * a ** t) / (1 + a))).toBe(true);
    }
  });

  it('fits the whole distribution (chi-square, cells of at least 20)', () => {
    let chiSquare = 0;
    let cells = 0;
    let restHits = N;
    let restExpected = N;
    for (let x = -200; x <= 200; x++) {
      const expected = N * pmf(x);
      if (expected < 20) continue;
      chiSquare += (hits(x) - expected) ** 2 / expected;
      restHits -= hits(x);
      restExpected -= expected;
      cells++;
    }
    chiSquare += (restHits - restExpected) ** 2 / restExpected;
    expect(chiSquare).toBeLessThan(cells + 6 * Math.sqrt(2 * cells));
  });

  it('hides one visit: shifting the count by one changes no output’s chance by more than a factor of e^(1/scale)', () => {
    for (let k = 0; k <= 3; k++) {
      if (hits(k + 1) < 100) continue;
      const near = wilson(hits(k), N);
      const far = wilson(hits(k + 1), N);
      expect(far.low / near.high).toBeLessThanOrEqual(a);
      expect(far.high / near.low).toBeGreaterThanOrEqual(a);
    }
  });
});

it('five thousand draws follow the distribution function (Kolmogorov-Smirnov, alpha = 10⁻⁶)', () => {
  const CRITICAL = 0.038051617888080105;
  const uniform = seededUniform(7n);
  const a = Math.exp(-1 / 3);
  const draws = Array.from({ length: 5_000 }, () => Number(discreteLaplace(rational(3n), uniform)));
  const below = (x: number): number => (x < 0 ? a ** -x / (1 + a) : 1 - a ** (x + 1) / (1 + a));
  for (let x = -20; x <= 20; x++) {
    const measured = draws.filter((drawn) => drawn <= x).length / draws.length;
    expect(Math.abs(measured - below(x))).toBeLessThan(CRITICAL);
  }
});
