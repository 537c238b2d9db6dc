/** Rows are the truth, columns what the net said; each row sums to 1. */
export type Confusion = readonly (readonly number[])[];

/**
 * What to believe after the net has spoken: q(truth) = Σ P(truth | said) · p(said), with P(truth | said) from the confusion
 * that was measured on known people, each truth taken to be as frequent: C[truth][said] ÷ Σ C[·][said]. However sure the
 * net is, q is no surer than it was right. Of what the net never said of anybody known, nothing is known.
 *
 * @param said probabilities that sum to 1 @returns the same
 */
export function throughConfusion(said: readonly number[], confusion: Confusion): readonly number[] {
  const heard = said.map((_, column) => confusion.reduce((sum, row) => sum + (row[column] ?? 0), 0));
  return said.map((_, truth) =>
    said.reduce((sum, p, column) => {
      const whole = heard[column] ?? 0;
      return sum + p * (whole > 0 ? (confusion[truth]?.[column] ?? 0) / whole : 1 / said.length);
    }, 0),
  );
}
