import { bernoulli, bernoulliExp } from './bernoulli.ts';
import { rational, type Rational } from './rational.ts';
import type { Uniform } from './uniform.ts';

const HALF = rational(1n, 2n);
const ONE = rational(1n);

/**
 * An integer X with Pr[X = x] = (1 − a)/(1 + a) · a^|x|, a = e^(−1/scale): the discrete Laplace distribution, exactly
 * (Algorithm 2 of arXiv 2004.00010). With `scale` = sensitivity / epsilon, `count + X` is epsilon-differentially private.
 * A scale of 0 gives 0.
 */
export function discreteLaplace(scale: Rational, uniform: Uniform): bigint {
  if (scale.numerator === 0n) return 0n;
  const inverse = rational(scale.denominator, scale.numerator);
  for (;;) {
    const negative = bernoulli(HALF, uniform);
    const magnitude = geometricExp(inverse, uniform);
    // Zero has no sign: taken with both, it would come up twice as often as it may.
    if (negative && magnitude === 0n) continue;
    return negative ? -magnitude : magnitude;
  }
}

/** An integer m ≥ 0 with a probability in proportion to e^(−m · rate). */
function geometricExp({ numerator, denominator }: Rational, uniform: Uniform): bigint {
  let remainder: bigint;
  do remainder = uniform(denominator);
  while (!bernoulliExp(rational(remainder, denominator), uniform));
  let wholes = 0n;
  while (bernoulliExp(ONE, uniform)) wholes += 1n;
  return (wholes * denominator + remainder) / numerator;
}
