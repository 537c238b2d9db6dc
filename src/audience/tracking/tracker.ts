import type { Box } from '../../contract/index.ts';

/** What a detector found in one picture. Boxes in pixels or in picture heights: the same unit both ways, never fractions. */
export interface Detection {
  readonly box: Box;
  /** 0 to 1. */
  readonly score: number;
}

export interface Tracked {
  /** Counts from 1 in the order of first sighting, and means nothing beyond this tracker's life. */
  readonly id: number;
  readonly box: Box;
}

export interface Tracker {
  /**
   * Takes in the detections of the next picture and says who is where in it.
   *
   * @param atMs time of capture, ms, later than that of the picture before
   */
  step(atMs: number, detections: readonly Detection[]): readonly Tracked[];
}
