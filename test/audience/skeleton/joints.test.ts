import { describe, expect, it } from 'vitest';
import { armsOf, headTurn, type Skeleton } from '../../../src/audience/skeleton/index.ts';
import { JOINTS, type JointName } from '../../../src/contract/index.ts';

/** Somebody who faces the camera, arms hanging; picture heights. */
const FRONT: Record<JointName, readonly [number, number]> = {
  nose: [0.5, 0.2], neck: [0.5, 0.3], 'right-shoulder': [0.4, 0.3], 'right-elbow': [0.38, 0.45], 'right-wrist': [0.38, 0.6], 'left-shoulder': [0.6, 0.3], 'left-elbow': [0.62, 0.45], 'left-wrist': [0.62, 0.6],
  'right-hip': [0.43, 0.6], 'right-knee': [0.43, 0.8], 'right-ankle': [0.43, 0.98], 'left-hip': [0.57, 0.6], 'left-knee': [0.57, 0.8], 'left-ankle': [0.57, 0.98],
  'right-eye': [0.48, 0.19], 'left-eye': [0.52, 0.19], 'right-ear': [0.45, 0.2], 'left-ear': [0.55, 0.2],
};

function skeleton(moved: Partial<Record<JointName, readonly [number, number]>> = {}, hidden: readonly JointName[] = []): Skeleton {
  return JOINTS.map((name) => ({ x: (moved[name] ?? FRONT[name])[0], y: (moved[name] ?? FRONT[name])[1], score: hidden.includes(name) ? 0.1 : 0.8 }));
}

/** A head as a cylinder: ears at its sides, the nose half as far again from its middle. */
function turned(yawDeg: number): Skeleton {
  const yaw = (yawDeg * Math.PI) / 180;
  const [ear, nose] = [0.05 * Math.cos(yaw), 0.075 * Math.sin(yaw)];
  return skeleton({ nose: [0.5 + nose, 0.2], 'right-ear': [0.5 - ear, 0.2], 'left-ear': [0.5 + ear, 0.2] });
}

describe('the turn of a head by nose and ears', () => {
  it.each([-50, -20, 0, 20, 50])('is found for a head turned by %i°', (yawDeg) => {
    expect(headTurn(turned(yawDeg))).toBeCloseTo(yawDeg, 6);
  });

  it('is far to the side of the ear that disappears: a face that turns to its left shows the right ear', () => {
    expect(headTurn(skeleton({}, ['left-ear']))).toBe(60);
    expect(headTurn(skeleton({}, ['right-ear']))).toBe(-60);
  });

  it('is unknown from behind', () => {
    expect(headTurn(skeleton({}, ['nose']))).toBeNull();
    expect(headTurn(skeleton({}, ['left-ear', 'right-ear']))).toBeNull();
    expect(headTurn(skeleton({ 'left-ear': [0.45, 0.2], 'right-ear': [0.55, 0.2] }))).toBeNull();
  });
});

describe('arms', () => {
  it('are both there, measured by the shoulders', () => {
    const arms = armsOf(skeleton(), 7);
    expect(arms.map(({ wrist }) => wrist.x)).toEqual([0.38, 0.62]);
    expect(arms[0]).toMatchObject({ atMs: 7, headDown: false });
    expect(arms[0]!.shoulderWidth).toBeGreaterThanOrEqual(0.2);
  });

  it('of somebody who stands sideways are measured by the trunk', () => {
    const sideways = armsOf(skeleton({ 'right-shoulder': [0.5, 0.3], 'left-shoulder': [0.51, 0.3] }), 0);
    expect(sideways[0]!.shoulderWidth).toBeCloseTo(0.3 / 1.4, 2);
  });

  it('have a trunk below them though hips are hidden, and know a head that looks down', () => {
    const [arm] = armsOf(skeleton({ nose: [0.5, 0.25] }, ['left-hip']), 0);
    expect(arm!.headDown).toBe(true);
    expect(arm!.torso[2]!.y).toBeGreaterThan(0.5);
  });

  it('are none without shoulders', () => {
    expect(armsOf(skeleton({}, ['left-shoulder']), 0)).toEqual([]);
  });
});
