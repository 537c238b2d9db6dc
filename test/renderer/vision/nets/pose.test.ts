import { describe, expect, it } from 'vitest';
import { jointsOf } from '../../../../renderer/vision/worker/nets/pose.ts';
import { JOINTS, type JointName } from '../../../../src/contract/index.ts';

const SIZE = { widthPx: 400, heightPx: 200 };
const REGION = { x: 100, y: -20, width: 200, height: 200 };

/** Rows of MoveNet in its own order; each joint has its row's number for a score. */
const rows = Array.from({ length: 17 }, (_, row) => [row / 20, 1 - row / 20, row / 100]).flat();
const joint = (name: JointName) => jointsOf(rows, REGION, SIZE)[JOINTS.indexOf(name)]!;

describe('a pose', () => {
  it('has the eighteen joints of the contract, each from its own row of the net', () => {
    expect(jointsOf(rows, REGION, SIZE)).toHaveLength(18);
    const scores = { 'nose': 0, 'left-eye': 1, 'right-eye': 2, 'left-ear': 3, 'right-ear': 4, 'left-shoulder': 5, 'right-shoulder': 6, 'left-elbow': 7, 'right-elbow': 8, 'left-wrist': 9, 'right-wrist': 10, 'left-hip': 11, 'right-hip': 12, 'left-knee': 13, 'right-knee': 14, 'left-ankle': 15, 'right-ankle': 16 } as const;
    for (const [name, row] of Object.entries(scores)) expect(joint(name as JointName).score, name).toBeCloseTo(row / 100, 6);
  });

  it('stands in fractions of the whole picture, not of the crop', () => {
    expect(joint('nose').x).toBeCloseTo((100 + 200) / 400, 6);
    expect(joint('nose').y).toBeCloseTo(-20 / 200, 6);
  });

  it('has its neck in the middle between the shoulders, no surer than the less sure one', () => {
    expect(joint('neck').x).toBeCloseTo((joint('left-shoulder').x + joint('right-shoulder').x) / 2, 6);
    expect(joint('neck').score).toBeCloseTo(0.05, 6);
  });
});
