/** An exact, non-negative number. No float comes near a release: its rounding would show through the noise. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The fraction in lowest terms. @throws RangeError for a negative number or a denominator below 1. */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (numerator < 0n || denominator < 1n) throw new RangeError(`${String(numerator)}/${String(denominator)} is no non-negative fraction`);
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
