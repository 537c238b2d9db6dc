import type { Body, Box, Joint } from '../../../../src/contract/index.ts';
import type { Region } from '../nets/cutter.ts';
import { overlap } from '../nets/overlap.ts';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The one person whose pose is followed: the nearest. */
export interface PoseFollowing {
  /** The people of a new search: the largest is followed from now on, unless who was followed is about as large. */
  found(bodies: readonly Body[]): void;
  /** The body itself, as the last search or pose found it. */
  followed(): Body | null;
  /** Where to look for the pose now; `null`: there is nobody to follow. */
  region(size: Size): Region | null;
  /** Takes in the pose found there. The body with its joints, or `null`: that was no person, who is followed no longer. */
  posed(joints: readonly Joint[]): Body | null;
}

/** The crop is this much larger than the person: arms reach out of a box. */
const MARGIN = 1.25;
/** Joints below are guesses (MoveNet's own drawing threshold is 0.3, its crop's 0.2). */
const SEEN = 0.2;
/** A person shows at least so many joints. */
const ENOUGH_JOINTS = 5;
/** Somebody else must be this much larger to be the nearest. */
const CLEARLY_LARGER = 1.3;
const SAME_PERSON_IOU = 0.3;

export function createPoseFollowing(): PoseFollowing {
  let followed: Body | null = null;
  /** Middle of the joints in the pose before. */
  let middle: Middle | null = null;
  return {
    found(bodies) {
      const nearest = bodies.toSorted((a, b) => b.box.height - a.box.height)[0] ?? null;
      const was = followed;
      const same = was && bodies.toSorted((a, b) => overlap(b.box, was.box) - overlap(a.box, was.box))[0];
      const stays = was && same && nearest && overlap(same.box, was.box) >= SAME_PERSON_IOU && nearest.box.height < CLEARLY_LARGER * same.box.height;
      followed = stays ? same : nearest;
      middle = null;
    },
    followed: () => followed,
    region({ widthPx, heightPx }) {
      if (!followed) return null;
      const { box } = followed;
      const side = MARGIN * Math.max(box.width * widthPx, box.height * heightPx);
      return { x: (box.x + box.width / 2) * widthPx - side / 2, y: (box.y + box.height / 2) * heightPx - side / 2, width: side, height: side };
    },
    posed(joints) {
      const seen = joints.filter(({ score }) => score >= SEEN);
      if (!followed || seen.length < ENOUGH_JOINTS) {
        followed = null;
        return null;
      }
      const now = middleOf(seen);
      const score = seen.reduce((sum, joint) => sum + joint.score, 0) / seen.length;
      const body: Body = { box: moved(followed.box, middle ?? now, now), score, joints: [...joints] };
      [followed, middle] = [body, now];
      return body;
    },
  };
}

interface Middle {
  readonly x: number;
  readonly y: number;
}

function middleOf(joints: readonly Joint[]): Middle {
  const xs = joints.map(({ x }) => x);
  const ys = joints.map(({ y }) => y);
  return { x: (Math.min(...xs) + Math.max(...xs)) / 2, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
}

/**
 * The searched box, moved as the joints have moved. Its size stays until the next search: joints come and go, and a box
 * around them would shrink with every one that is hidden.
 */
function moved(box: Box, from: Middle, to: Middle): Box {
  const within = (place: number): number => Math.min(2, Math.max(-1, place));
  return { ...box, x: within(box.x + to.x - from.x), y: within(box.y + to.y - from.y) };
}
