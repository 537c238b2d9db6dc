import type { Box } from '../contract/index.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function centre(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The shorter of two lengths as a share of the longer, 0 to 1. */
export function ratio(a: number, b: number): number {
  return Math.min(a, b) / Math.max(a, b);
}

/** A box in fractions of the picture, in picture heights: only there is a distance the same in every direction. */
export function inHeights(box: Box, frame: { readonly widthPx: number; readonly heightPx: number }): Box {
  const aspect = frame.widthPx / frame.heightPx;
  return { x: box.x * aspect, y: box.y, width: box.width * aspect, height: box.height };
}
