/** Wilson score interval of `hits` in `n` at z standard deviations: where the true probability lies. z = 6 errs twice in 10⁹. */
export function wilson(hits: number, n: number, z = 6): { low: number; high: number } {
  const p = hits / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  // At the ends the formula gives exactly 0 and 1, floats not quite.
  return { low: hits === 0 ? 0 : centre - half, high: hits === n ? 1 : centre + half };
}
