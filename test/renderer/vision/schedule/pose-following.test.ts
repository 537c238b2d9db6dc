import { describe, expect, it } from 'vitest';
import { createPoseFollowing } from '../../../../renderer/vision/worker/schedule/pose-following.ts';
import type { Body, Joint } from '../../../../src/contract/index.ts';

const SIZE = { widthPx: 1_000, heightPx: 500 };

function body(x: number, height: number): Body {
  return { score: 0.8, box: { x, y: 0.1, width: 0.1, height } };
}

/** Eighteen joints around (`x`, 0.4). */
function joints(x: number, score = 0.6): Joint[] {
  return Array.from({ length: 18 }, (_, index) => ({ x: x + (index % 2 === 0 ? -0.03 : 0.03), y: 0.15 + 0.03 * index, score }));
}

describe('the pose that is followed', () => {
  it("is the nearest person's", () => {
    const following = createPoseFollowing();
    expect(following.region(SIZE)).toBeNull();
    following.found([body(0.1, 0.4), body(0.6, 0.8)]);
    const region = following.region(SIZE)!;
    expect(region.x + region.width / 2).toBeCloseTo(650, 3);
    expect(region.width).toBe(region.height);
    expect(region.height).toBeGreaterThan(0.8 * 500);
  });

  it('stays with its person while somebody else is not clearly nearer', () => {
    const following = createPoseFollowing();
    following.found([body(0.1, 0.6)]);
    const [own, other] = [body(0.12, 0.6), body(0.6, 0.7)];
    following.found([other, own]);
    expect(following.followed()).toBe(own);
    const near = body(0.6, 0.95);
    following.found([near, own]);
    expect(following.followed()).toBe(near);
  });

  it('goes along with the joints between two searches, at its own size', () => {
    const following = createPoseFollowing();
    following.found([body(0.1, 0.6)]);
    following.posed(joints(0.15));
    const moved = following.posed(joints(0.2));
    expect(moved?.box.x).toBeCloseTo(0.15, 6);
    expect(moved?.box.height).toBe(0.6);
    expect(moved?.joints).toHaveLength(18);
    expect(moved?.score).toBeCloseTo(0.6, 6);
  });

  it('ends when there are too few joints for a person, until somebody is found again', () => {
    const following = createPoseFollowing();
    following.found([body(0.1, 0.6)]);
    expect(following.posed(joints(0.15, 0.1))).toBeNull();
    expect(following.region(SIZE)).toBeNull();
    following.found([]);
    expect(following.region(SIZE)).toBeNull();
  });
});
