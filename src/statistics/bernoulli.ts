import { rational, type Rational } from './rational.ts';
import type { Uniform } from './uniform.ts';

// The coins of Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy" (arXiv 2004.00010), section 5.
// None of them computes a probability: e^-x comes out of exact fractions alone.

const ONE = rational(1n);

/** True with probability p, 0 ≤ p ≤ 1. */
export function bernoulli(p: Rational, uniform: Uniform): boolean {
  return uniform(p.denominator) < p.numerator;
}

/**
 * True with probability e^-x, for any x ≥ 0: e^-1 for each whole part, then the rest (Algorithm 1).
 */
export function bernoulliExp(x: Rational, uniform: Uniform): boolean {
  let rest = x;
  while (rest.numerator > rest.denominator) {
    if (!bernoulliExpUpToOne(ONE, uniform)) return false;
    rest = rational(rest.numerator - rest.denominator, rest.denominator);
  }
  return bernoulliExpUpToOne(rest, uniform);
}

/** True with probability e^-x, 0 ≤ x ≤ 1: the parity of a run of coins with chances x/1, x/2, x/3, … is the series of e^-x. */
function bernoulliExpUpToOne(x: Rational, uniform: Uniform): boolean {
  let k = 1n;
  while (bernoulli(rational(x.numerator, x.denominator * k), uniform)) k += 1n;
  return k % 2n === 1n;
}
