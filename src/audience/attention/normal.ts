/** Mass of a normal distribution around 0 between two values. */
export function normalMass(from: number, until: number, deviation: number): number {
  return (errorFunction(until / (deviation * Math.SQRT2)) - errorFunction(from / (deviation * Math.SQRT2))) / 2;
}

/** Abramowitz and Stegun 7.1.26, good to 1.5e-7. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x);
  return Math.sign(x) * (1 - tail);
}
