import type { Box } from '../../contract/index.ts';
import { overlap } from '../tracking/overlap.ts';

/** Somebody in one picture: an identity that holds over the whole film, and a box. */
export interface Identified {
  readonly id: number;
  readonly box: Box;
}

/** One picture: who was there, whom a tracker told, and how much each two of them are alike. */
export interface ComparedFrame {
  /** Identities of the truth, each at most once. */
  readonly truths: readonly number[];
  /** Identities that the tracker gave out, each at most once. */
  readonly results: readonly number[];
  /** truths×results, 0 to 1. */
  readonly similarity: readonly (readonly number[])[];
}

/** Pairs the pictures of truth and result by their number; similarity is the boxes' intersection over union. */
export function compare(truth: ReadonlyMap<number, readonly Identified[]>, result: ReadonlyMap<number, readonly Identified[]>): readonly ComparedFrame[] {
  const frames = [...new Set([...truth.keys(), ...result.keys()])].sort((a, b) => a - b);
  return frames.map((frame) => {
    const truths = truth.get(frame) ?? [];
    const results = result.get(frame) ?? [];
    return {
      truths: truths.map(({ id }) => id),
      results: results.map(({ id }) => id),
      similarity: truths.map(({ box }) => results.map((other) => overlap(box, other.box))),
    };
  });
}

/** Two boxes of less similarity than this are no match: the usual bar, for CLEAR and ID. */
export const MATCH_SIMILARITY = 0.5;

/** Overlaps that meet a bar exactly must not fail it by the last bit. */
export const ROUNDING = 2 ** -52;

/** Pictures in which each identity appears, truths and results apart. */
export function lifetimes(frames: readonly ComparedFrame[]): { readonly truths: ReadonlyMap<number, number>; readonly results: ReadonlyMap<number, number> } {
  return { truths: occurrences(frames.map(({ truths }) => truths)), results: occurrences(frames.map(({ results }) => results)) };
}

function occurrences(identities: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const id of identities.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** A share of nothing is 0. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
