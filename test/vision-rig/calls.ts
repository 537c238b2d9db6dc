import type { Face, Observation, VisionSettings } from '../../src/contract/index.ts';

/** Where a bench's pictures come from. `portraits`: moving ones, made from a picture of the vision package. */
export type PictureSource = { readonly kind: 'clip'; readonly url: string; readonly most: number } | { readonly kind: 'portraits'; readonly url: string; readonly count: number };

/** A picture that a test describes instead of showing. */
export interface DrawnPicture {
  readonly atMs: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Portraits to draw: index of the portrait, middle and size, px. */
  /** `leanDeg`: turned clockwise; `mirrored` before that. */
  readonly portraits: readonly { readonly who: number; readonly x: number; readonly y: number; readonly size: number; readonly leanDeg?: number; readonly mirrored?: boolean }[];
}

export type RigCall =
  | { readonly do: 'load'; readonly settings: VisionSettings; readonly source: PictureSource }
  /** Analyses the next so many pictures as fast as it goes. */
  | { readonly do: 'block'; readonly pictures: number }
  | { readonly do: 'draw'; readonly pictures: readonly DrawnPicture[] };

export type RigAnswer = { readonly result: unknown } | { readonly error: string };

export interface Loaded {
  readonly backend: string;
  readonly pictures: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Block {
  readonly tookMs: number;
  readonly seen: readonly { readonly atMs: number; readonly faces: readonly Face[] }[];
}

export type Drawn = readonly Observation[];
