import { describe, expect, it } from 'vitest';
import { beginCoordinate, correctCoordinate, predictCoordinate, type Coordinate } from '../../../src/audience/tracking/kalman.ts';

/** Gains of a filter: what a measurement off by one changes. */
function gains(coordinate: Coordinate, variance: number): { alpha: number; velocity: number } {
  const corrected = correctCoordinate(coordinate, coordinate.value + 1, variance);
  return { alpha: corrected.value - coordinate.value, velocity: corrected.velocity - coordinate.velocity };
}

describe('the Kalman filter of one coordinate', () => {
  it.each([
    [0.04, 0.9, 0.05],
    [1, 0.01, 1],
    [0.5, 3, 2],
  ])('settles on the gains that Kalata (1984) derived, at a step of %f, an acceleration of %f and an error of %f', (elapsed, acceleration, error) => {
    const noise = { value: (acceleration ** 2 * elapsed ** 4) / 4, covariance: (acceleration ** 2 * elapsed ** 3) / 2, velocity: acceleration ** 2 * elapsed ** 2 };
    let coordinate = beginCoordinate(0, 100, 100);
    for (let step = 0; step < 5_000; step++) coordinate = correctCoordinate(predictCoordinate(coordinate, elapsed, noise), step, error ** 2);
    const { alpha, velocity } = gains(predictCoordinate(coordinate, elapsed, noise), error ** 2);
    const beta = velocity * elapsed;
    const trackingIndex = (acceleration * elapsed ** 2) / error;
    expect(beta).toBeCloseTo(2 * (2 - alpha) - 4 * Math.sqrt(1 - alpha), 9);
    expect(beta ** 2 / (1 - alpha)).toBeCloseTo(trackingIndex ** 2, 9);
  });

  it('is the mean of what was measured where nothing moves', () => {
    const still = { value: 0, covariance: 0, velocity: 0 };
    const measured = [3, 5, 10, 2];
    let coordinate = beginCoordinate(0, 1e12, 0);
    for (const value of measured) coordinate = correctCoordinate(predictCoordinate(coordinate, 1, still), value, 4);
    expect(coordinate.value).toBeCloseTo(5, 6);
    expect(coordinate.valueVariance).toBeCloseTo(4 / measured.length, 6);
    expect(coordinate.velocity).toBe(0);
  });

  it('follows a steady walk exactly, and goes on with it unseen', () => {
    const noise = { value: 0.01, covariance: 0, velocity: 0.01 };
    let coordinate = beginCoordinate(0, 1, 1_000);
    for (let step = 1; step <= 200; step++) coordinate = correctCoordinate(predictCoordinate(coordinate, 0.1, noise), 0.7 * step, 1);
    expect(coordinate.velocity).toBeCloseTo(7, 6);
    expect(predictCoordinate(coordinate, 2, noise).value).toBeCloseTo(140 + 14, 5);
  });
});
