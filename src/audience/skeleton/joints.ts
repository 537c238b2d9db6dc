import { JOINTS, type Joint, type JointName } from '../../contract/index.ts';

/** The joints of one body, in the order of `JOINTS`; in picture heights. */
export type Skeleton = readonly Joint[];

/** A pose net says of every joint where it is, also of those that it does not see. */
const LEAST_SCORE = 0.3;

const INDEX = new Map<JointName, number>(JOINTS.map((name, index) => [name, index]));

/** Where a joint is, seen or not. */
export function jointAt(skeleton: Skeleton, name: JointName): Joint {
  return skeleton[INDEX.get(name) ?? -1] ?? { x: 0, y: 0, score: 0 };
}

/** A joint that can be believed; else `null`. */
export function seenJoint(skeleton: Skeleton, name: JointName): Joint | null {
  const joint = jointAt(skeleton, name);
  return joint.score >= LEAST_SCORE ? joint : null;
}

/** Half way between two joints, as sure as the less sure of them. */
export function between(a: Joint, b: Joint): Joint {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, score: Math.min(a.score, b.score) };
}
