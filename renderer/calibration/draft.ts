import type { Calibration } from '../../src/contract/index.ts';

/** What is being edited: a calibration whose numbers may still be nonsense. */
export interface Draft {
  get(): Calibration;
  /** Takes the next state and tells everybody. */
  change(next: (before: Calibration) => Calibration): void;
  onChange(listener: (calibration: Calibration) => void): void;
}

/** A rectangle as an upright camera over a panel sees it, somewhere on the floor: something to drag. */
export const FIRST: Calibration = {
  v: 1,
  aspect: 16 / 9,
  quadrilateral: [{ x: 0.28, y: 0.92 }, { x: 0.72, y: 0.92 }, { x: 0.62, y: 0.58 }, { x: 0.38, y: 0.58 }],
  widthM: 2,
  depthM: 2,
  screen: { widthM: 1.2, heightM: 0.7, rightM: 0, upM: -0.4 },
  exposure: { nearestM: 0.5, furthestM: 5, halfAngleDeg: 50 },
  shelves: [],
};

export function createDraft(initial: Calibration): Draft {
  let calibration = initial;
  const listeners = new Set<(calibration: Calibration) => void>();
  return {
    get: () => calibration,
    change(next) {
      calibration = next(calibration);
      for (const listener of listeners) listener(calibration);
    },
    onChange: (listener) => void listeners.add(listener),
  };
}
