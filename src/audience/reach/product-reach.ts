import type { Point } from '../geometry.ts';
import { armReach, armScore, elbowDeg, type ArmPose } from './arm.ts';
import { distanceToPolygon } from './polygon.ts';

/** A shelf, or a part of one, as an area of the picture in picture heights. */
export interface ShelfZone {
  readonly id: string;
  readonly corners: readonly Point[];
}

/** A hand was in a shelf. Nothing says whose. */
export interface ProductInteraction {
  readonly zoneId: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** Score of the least certain joint on the way. */
  readonly confidence: number;
}

interface HandIn {
  readonly zoneId: string;
  readonly sinceMs: number;
  readonly confidence: number;
}

/** What one arm is doing. Behaviour words as in studies of shoppers: reach to shelf, hand in shelf, retract, inspect product. */
export type ArmState =
  | { readonly doing: 'idle' }
  | { readonly doing: 'reach'; readonly entered: HandIn | null }
  | { readonly doing: 'hand-in'; readonly hand: HandIn }
  | { readonly doing: 'leaving'; readonly sinceMs: number }
  | { readonly doing: 'retract'; readonly holdingSinceMs: number }
  | { readonly doing: 'inspect' };

/** One arm through the pictures, which should come at least ten times a second. */
export interface ArmWatch {
  readonly state: ArmState;
  /** The newest picture that showed the arm. */
  readonly last: ArmPose | null;
}

export const NEW_ARM: ArmWatch = { state: { doing: 'idle' }, last: null };

/** Lengths in shoulder widths. */
const STRETCHED_DEG = 140;
const STRETCHED_REACH = 1.2;
const TOWARDS_PER_SECOND = 0.5;
const ZONE_MARGIN = 0.25;
const HAND_IN_MS = 150;
const BENT_DEG = 100;
const RETRACT_WITHIN_MS = 1_500;
const INSPECT_AFTER_MS = 1_000;
const LEAST_SCORE = 0.3;
/** A hand among products is hard to see; hidden for longer, nothing is known any more. */
export const UNSEEN_MS = 1_000;

/**
 * Takes in one picture of an arm; one that is not later than the newest is ignored. An interaction is told when the hand has
 * left the shelf.
 *
 * A camera on the display sees no depth: a hand before a shelf and a hand in it look the same. Zones therefore need a camera
 * from the side or from above.
 */
export function watchArm({ state, last }: ArmWatch, pose: ArmPose, shelves: readonly ShelfZone[]): { readonly arm: ArmWatch; readonly interaction: ProductInteraction | null } {
  if (last && pose.atMs <= last.atMs) return { arm: { state, last }, interaction: null };
  if (armScore(pose) < LEAST_SCORE) {
    if (last && pose.atMs - last.atMs <= UNSEEN_MS) return { arm: { state, last }, interaction: null };
    return { arm: NEW_ARM, interaction: last && state.doing === 'hand-in' ? told(state.hand, last.atMs) : null };
  }
  const next = step(state, last, pose, shelves);
  const interaction = state.doing === 'hand-in' && next.doing !== 'hand-in' ? told(state.hand, pose.atMs) : null;
  return { arm: { state: next, last: pose }, interaction };
}

function step(state: ArmState, last: ArmPose | null, pose: ArmPose, shelves: readonly ShelfZone[]): ArmState {
  const { atMs } = pose;
  const zone = shelves.find((shelf) => distanceToPolygon(pose.wrist, shelf.corners) <= ZONE_MARGIN * pose.shoulderWidth);
  switch (state.doing) {
    case 'idle':
      return isStretched(pose) && last && shelves.some((shelf) => approach(shelf, last, pose) > TOWARDS_PER_SECOND) ? { doing: 'reach', entered: zone ? handIn(zone, pose) : null } : state;
    case 'reach': {
      // Once there, a hand is slow and an arm may bend.
      if (!zone) return isStretched(pose) ? { doing: 'reach', entered: null } : { doing: 'idle' };
      const hand = state.entered?.zoneId === zone.id ? withLeast(state.entered, pose) : handIn(zone, pose);
      return atMs - hand.sinceMs >= HAND_IN_MS ? { doing: 'hand-in', hand } : { doing: 'reach', entered: hand };
    }
    case 'hand-in':
      return zone?.id === state.hand.zoneId ? { doing: 'hand-in', hand: withLeast(state.hand, pose) } : { doing: 'leaving', sinceMs: atMs };
    case 'leaving':
      if (elbowDeg(pose) < BENT_DEG) return { doing: 'retract', holdingSinceMs: atMs };
      return atMs - state.sinceMs > RETRACT_WITHIN_MS ? { doing: 'idle' } : state;
    case 'retract':
      if (!isHolding(pose)) return { doing: 'idle' };
      return atMs - state.holdingSinceMs > INSPECT_AFTER_MS ? { doing: 'inspect' } : state;
    case 'inspect':
      return isHolding(pose) ? state : { doing: 'idle' };
  }
}

function isStretched(pose: ArmPose): boolean {
  return elbowDeg(pose) > STRETCHED_DEG && armReach(pose) > STRETCHED_REACH;
}

/** The hand before the body, or the eyes on it. */
function isHolding(pose: ArmPose): boolean {
  return pose.headDown || distanceToPolygon(pose.wrist, pose.torso) === 0;
}

/** Shoulder widths a second by which the wrist came nearer to a shelf. */
function approach({ corners }: ShelfZone, last: ArmPose, pose: ArmPose): number {
  const nearer = distanceToPolygon(last.wrist, corners) - distanceToPolygon(pose.wrist, corners);
  return nearer / pose.shoulderWidth / ((pose.atMs - last.atMs) / 1000);
}

function handIn({ id }: ShelfZone, pose: ArmPose): HandIn {
  return { zoneId: id, sinceMs: pose.atMs, confidence: armScore(pose) };
}

function withLeast(hand: HandIn, pose: ArmPose): HandIn {
  return { ...hand, confidence: Math.min(hand.confidence, armScore(pose)) };
}

function told({ zoneId, sinceMs, confidence }: HandIn, untilMs: number): ProductInteraction {
  return { zoneId, startMs: sinceMs, durationMs: untilMs - sinceMs, confidence };
}
