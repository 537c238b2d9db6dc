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

/** Steps in which the best exponent of the bound is looked for; a finer search changes it by less than one in a thousand. */
const CHERNOFF_STEPS = 400;

/**
 * Half width within which all of `count` sums lie together, 95 times in 100: whoever looks at a hundred cells sees five outside
 * of their own interval for no reason. By the union bound and Chernoff's bound, whatever the number of windows, with the
 * moment generating function 1 / (1 - λ²s²) of the Laplace distribution (Dwork and Roth 2014, section 3.3), which that of the
 * discrete one with the same scale s does not exceed.
 */
export function jointHalfWidth95(windows: readonly NoiseScale[], count: number): number {
  if (windows.length === 0 || count === 0) return 0;
  const most = Math.max(...windows.map(({ scale }) => scale));
  const widths = Array.from({ length: CHERNOFF_STEPS - 1 }, (_, step) => {
    const exponent = (step + 1) / CHERNOFF_STEPS / most;
    return (Math.log((2 * count) / 0.05) - windows.reduce((sum, { scale }) => sum + Math.log(1 - (exponent * scale) ** 2), 0)) / exponent;
  });
  return Math.ceil(Math.min(...widths));
}
