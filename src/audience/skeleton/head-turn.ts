import { seenJoint, type Skeleton } from './joints.ts';

/** The tip of the nose lies this much further from the middle of the head than the ears do: some 12 cm to 8. */
const NOSE_BEFORE_EARS = 1.5;
/** With one ear hidden behind the head, the other no longer says how far it is turned. */
const ONE_EAR_DEG = 60;

/**
 * How far a head is turned, degrees to the right of the picture, where no face mesh says it: the nose moves between the ears
 * as the head turns, until one of them disappears. `null` for a head seen from behind, or not seen.
 */
export function headTurn(skeleton: Skeleton): number | null {
  const nose = seenJoint(skeleton, 'nose');
  const left = seenJoint(skeleton, 'left-ear');
  const right = seenJoint(skeleton, 'right-ear');
  if (!nose || (!left && !right)) return null;
  // A face that looks here has its own left on the right of the picture.
  if (!left) return ONE_EAR_DEG;
  if (!right) return -ONE_EAR_DEG;
  const half = (left.x - right.x) / 2;
  if (half <= 0) return null;
  return (Math.atan((nose.x - (left.x + right.x) / 2) / half / NOSE_BEFORE_EARS) * 180) / Math.PI;
}
