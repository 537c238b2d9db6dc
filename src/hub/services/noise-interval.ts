/** Two-sided 95 % of the normal distribution, which a sum of many cells approaches. */
const Z_95 = 1.96;

export interface NoiseScale {
  /** Sensitivity over epsilon. */
  readonly scale: number;
}

/**
 * Half width of the 95 % interval of a sum of independent cells, rounded up. The variance of discrete Laplace noise is
 * 2a / (1 - a)², with a = e^(-1/scale) (Canonne, Kamath, Steinke, arXiv 2004.00010, section 4); variances of independent noise
 * add. One cell alone has longer tails than the normal distribution: its interval is the exact one, from
 * Pr[|X| ≥ t] = 2 a^t / (1 + a).
 */
export function halfWidth95(cells: readonly NoiseScale[]): number {
  const [only, second] = cells;
  if (only === undefined) return 0;
  if (second === undefined) {
    const a = Math.exp(-1 / only.scale);
    return Math.ceil(Math.log((0.05 * (1 + a)) / 2) / Math.log(a)) - 1;
  }
  const variance = cells.reduce((sum, { scale }) => {
    const a = Math.exp(-1 / scale);
    return sum + (2 * a) / (1 - a) ** 2;
  }, 0);
  return Math.ceil(Z_95 * Math.sqrt(variance));
}
