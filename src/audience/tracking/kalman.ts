/**
 * One coordinate of something that moves at constant velocity, with the covariance of the estimate. The usual box filters have
 * diagonal noise and tie each coordinate to its own velocity alone, so their one filter of seven or eight states falls apart
 * into these without any loss: the same numbers for a twentieth of the arithmetic.
 */
export interface Coordinate {
  readonly value: number;
  /** Per unit of time. A coordinate whose velocity has no variance and no noise stands still. */
  readonly velocity: number;
  readonly valueVariance: number;
  readonly covariance: number;
  readonly velocityVariance: number;
}

/** What one step of time adds to the covariance (Q). */
export interface ProcessNoise {
  readonly value: number;
  readonly covariance: number;
  readonly velocity: number;
}

export function beginCoordinate(value: number, valueVariance: number, velocityVariance: number): Coordinate {
  return { value, velocity: 0, valueVariance, covariance: 0, velocityVariance };
}

/** x ← F·x, P ← F·P·Fᵀ + Q with F = [1 t; 0 1]. */
export function predictCoordinate(coordinate: Coordinate, elapsed: number, noise: ProcessNoise): Coordinate {
  const { value, velocity, valueVariance, covariance, velocityVariance } = coordinate;
  return {
    value: value + elapsed * velocity,
    velocity,
    valueVariance: valueVariance + elapsed * (2 * covariance + elapsed * velocityVariance) + noise.value,
    covariance: covariance + elapsed * velocityVariance + noise.covariance,
    velocityVariance: velocityVariance + noise.velocity,
  };
}

/**
 * Takes in a measured value of the given variance. The covariance in Joseph's form, (I − K·H)·P·(I − K·H)ᵀ + K·R·Kᵀ, which
 * stays positive whatever is rounded.
 */
export function correctCoordinate(coordinate: Coordinate, measured: number, variance: number): Coordinate {
  const { value, velocity, valueVariance, covariance, velocityVariance } = coordinate;
  const gain = valueVariance / (valueVariance + variance);
  const velocityGain = covariance / (valueVariance + variance);
  const rest = 1 - gain;
  return {
    value: value + gain * (measured - value),
    velocity: velocity + velocityGain * (measured - value),
    valueVariance: rest * rest * valueVariance + gain * gain * variance,
    covariance: rest * (covariance - velocityGain * valueVariance) + gain * velocityGain * variance,
    velocityVariance: velocityVariance - 2 * velocityGain * covariance + velocityGain * velocityGain * (valueVariance + variance),
  };
}
