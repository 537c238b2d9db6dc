import type { Premises, Vector } from '../space/index.ts';
import type { ArmPose } from './arm.ts';
import { distanceToSegment } from './polygon.ts';
import { NEW_ARM, UNSEEN_MS, watchArm, type ArmWatch } from './product-reach.ts';

/** What both hands of one person did at the shelves. */
export interface Reaches {
  readonly arms: readonly ArmWatch[];
  /** How often a hand was in each shelf, by id. */
  readonly counts: ReadonlyMap<string, number>;
}

export const NO_REACHES: Reaches = { arms: [], counts: new Map() };

/** An arm, a step and a lean: whose shoulders are further away than this, metres, holds the hand before the shelf, not into it. */
const WITHIN_REACH_M = 1.3;

/**
 * Takes in both arms in one picture; none: they are not seen. A camera on the display sees no depth, so that a hand before a
 * shelf looks like a hand in it; only shelves that stand within reach of the shoulders count.
 *
 * @param shoulders where they are, if that is known
 */
export function reach({ arms, counts }: Reaches, poses: readonly ArmPose[], shoulders: Vector | null, { shelves }: Premises): Reaches {
  const near = shelves.filter(({ outline }) => shoulders === null || distanceToFront(shoulders, outline) <= WITHIN_REACH_M);
  const zones = near.map(({ id, inPicture }) => ({ id, corners: inPicture }));
  const watched = poses.map((pose, index) => watchArm(arms[index] ?? NEW_ARM, pose, zones));
  const sums = new Map(counts);
  for (const { interaction } of watched) if (interaction) sums.set(interaction.zoneId, (sums.get(interaction.zoneId) ?? 0) + 1);
  return { arms: poses.length === 0 ? arms : watched.map(({ arm }) => arm), counts: sums };
}

/** Hands that are in a shelf at a moment. */
export function handsIn({ arms }: Reaches, zoneId: string, atMs: number): number {
  return arms.filter(({ state, last }) => state.doing === 'hand-in' && state.hand.zoneId === zoneId && last !== null && atMs - last.atMs <= UNSEEN_MS).length;
}

/** Across the floor, to the line on which the front stands. */
function distanceToFront(place: Vector, outline: readonly Vector[]): number {
  const across = [...outline].sort((a, b) => a.x - b.x || a.y - b.y);
  const [from, to] = [across[0], across.at(-1)];
  return from && to ? distanceToSegment(place, from, to) : Number.POSITIVE_INFINITY;
}
