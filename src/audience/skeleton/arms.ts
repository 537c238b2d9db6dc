import type { JointName } from '../../contract/index.ts';
import { distance } from '../geometry.ts';
import type { ArmPose } from '../reach/index.ts';
import { between, jointAt, seenJoint, type Skeleton } from './joints.ts';

/** A trunk from neck to hips is this many shoulder widths long: it measures a person who stands sideways. */
const TRUNK = 1.4;
/** The nose this far below the ears, in shoulder widths, is a head that looks down. */
const HEAD_DOWN = 0.15;

/** Both arms, the right one first; none of a body whose shoulders are not seen. */
export function armsOf(skeleton: Skeleton, atMs: number): readonly ArmPose[] {
  const left = seenJoint(skeleton, 'left-shoulder');
  const right = seenJoint(skeleton, 'right-shoulder');
  if (!left || !right) return [];
  const neck = between(left, right);
  const hips = hipsOf(skeleton);
  const trunk = hips ? distance(neck, between(hips.left, hips.right)) : 0;
  const shoulderWidth = Math.max(distance(left, right), trunk / TRUNK);
  if (shoulderWidth === 0) return [];
  const below = { x: 0, y: TRUNK * shoulderWidth };
  const torso = [right, left, hips?.left ?? { x: left.x, y: left.y + below.y }, hips?.right ?? { x: right.x, y: right.y + below.y }];
  const headDown = isHeadDown(skeleton, shoulderWidth);
  return (['right', 'left'] as const).map((side) => {
    const joint = (part: 'shoulder' | 'elbow' | 'wrist') => jointAt(skeleton, `${side}-${part}` satisfies JointName);
    return { atMs, shoulder: joint('shoulder'), elbow: joint('elbow'), wrist: joint('wrist'), shoulderWidth, torso, headDown };
  });
}

function hipsOf(skeleton: Skeleton) {
  const left = seenJoint(skeleton, 'left-hip');
  const right = seenJoint(skeleton, 'right-hip');
  return left && right && { left, right };
}

function isHeadDown(skeleton: Skeleton, shoulderWidth: number): boolean {
  const nose = seenJoint(skeleton, 'nose');
  const ears = (['left-ear', 'right-ear'] as const).map((ear) => seenJoint(skeleton, ear)).filter((ear) => ear !== null);
  return nose !== null && ears.length > 0 && ears.every((ear) => nose.y - ear.y > HEAD_DOWN * shoulderWidth);
}
