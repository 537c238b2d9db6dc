import { describe, expect, it } from 'vitest';
import { createBudget } from '../../../../renderer/vision/worker/schedule/budget.ts';
import { demographicTurn, sampled } from '../../../../renderer/vision/worker/schedule/demographic-turns.ts';
import { expressionTurn } from '../../../../renderer/vision/worker/schedule/expression-turns.ts';
import { createFollowing } from '../../../../renderer/vision/worker/schedule/following.ts';
import { headTurns } from '../../../../renderer/vision/worker/schedule/head-turns.ts';
import { createRate } from '../../../../renderer/vision/worker/schedule/rate.ts';
import { faceAt } from './faces.ts';

function candidate(more: { facePx?: number; yawDeg?: number; pitchDeg?: number } = {}) {
  const [followed] = createFollowing().step(0, [faceAt(100, 100)]);
  return { followed: followed!, facePx: 120, yawDeg: 0, pitchDeg: 0, ...more };
}
const sharp = (): number => 1;

describe('the mesh', () => {
  it('is not run for a flicker of the detector', () => {
    const following = createFollowing();
    const found = [faceAt(100, 100)];
    expect(headTurns(found, following.step(0, found))).toEqual([]);
    const elsewhere = [faceAt(500, 100)];
    expect(headTurns(elsewhere, following.step(100, elsewhere))).toEqual([]);
    expect(headTurns(elsewhere, following.step(200, elsewhere))).toEqual([0]);
  });

  it('is run at first sight for a face that is large and sure', () => {
    const found = [faceAt(100, 100, 150, 0.95), faceAt(500, 100, 60, 0.95), faceAt(800, 100, 150, 0.5)];
    expect(headTurns(found, createFollowing().step(0, found))).toEqual([0]);
  });

  it('is run for the nearest in each picture and for a crowd in turn', () => {
    const following = createFollowing();
    const crowd = Array.from({ length: 12 }, (_, index) => faceAt(100 + 200 * index, 100, 100 - index));
    following.step(-100, crowd);
    const seen = new Map<number, number>();
    for (let picture = 0; picture < 8; picture++) {
      const followed = following.step(100 * picture, crowd);
      const turns = headTurns(crowd, followed);
      expect(turns).toHaveLength(6);
      for (const index of turns) {
        seen.set(index, (seen.get(index) ?? 0) + 1);
        followed[index]!.headMs = 100 * picture;
      }
    }
    expect([0, 1, 2, 3].map((index) => seen.get(index))).toEqual([8, 8, 8, 8]);
    expect([4, 5, 6, 7, 8, 9, 10, 11].map((index) => seen.get(index))).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
  });
});

describe('the age and gender net', () => {
  it('takes only faces of 60 px and more that look here and are sharp', () => {
    const gate = [candidate({ facePx: 59 }), candidate({ yawDeg: 31 }), candidate({ pitchDeg: -26 })];
    expect(demographicTurn(gate, sharp, 1_000)).toBeNull();
    expect(demographicTurn([candidate()], () => 0.1, 1_000)).toBeNull();
    const just = candidate({ facePx: 60, yawDeg: -30, pitchDeg: 25 });
    expect(demographicTurn([...gate, just], sharp, 1_000)).toBe(just);
  });

  it('takes the best face first', () => {
    const [near, far, turned] = [candidate({ facePx: 150 }), candidate({ facePx: 90 }), candidate({ facePx: 150, yawDeg: 28 })];
    expect(demographicTurn([far, turned, near], sharp, 1_000)).toBe(near);
    expect(demographicTurn([near, far], (face) => (face === near ? 0.3 : 0.9), 1_000)).toBe(far);
  });

  it('looks at everybody once before it looks at anybody twice, five times at most, and then never again', () => {
    const [near, far] = [candidate({ facePx: 150 }), candidate({ facePx: 90 })];
    const order: string[] = [];
    for (let atMs = 1_000; atMs < 60_000; atMs += 400) {
      const turn = demographicTurn([near, far], sharp, atMs);
      if (!turn) continue;
      sampled(turn.followed, atMs);
      order.push(turn === near ? 'near' : 'far');
    }
    expect(order).toHaveLength(10);
    expect(order.slice(0, 4)).toEqual(['near', 'far', 'near', 'far']);
    expect(demographicTurn([near, far], sharp, 9e9)).toBeNull();
  });

  it('does not take the same moment twice', () => {
    const face = candidate();
    sampled(face.followed, 1_000);
    expect(demographicTurn([face], sharp, 1_100)).toBeNull();
    expect(demographicTurn([face], sharp, 1_400)).toBe(face);
  });
});

describe('the expression net', () => {
  it('reads each face once a second, those that waited longest first', () => {
    const [one, other] = [candidate(), candidate({ facePx: 90 })];
    expect(expressionTurn([one, other], 0)).toBe(one);
    one.followed.smileMs = 0;
    expect(expressionTurn([one, other], 100)).toBe(other);
    other.followed.smileMs = 100;
    expect(expressionTurn([one, other], 900)).toBeNull();
    expect(expressionTurn([one, other], 1_200)).toBe(one);
  });
});

describe('a budget', () => {
  it('keeps to its share of each second', () => {
    const budget = createBudget(200);
    let spentMs = 0;
    for (let atMs = 0; atMs < 10_000; atMs += 100) {
      if (!budget.allows(atMs)) continue;
      budget.spend(150);
      spentMs += 150;
    }
    expect(spentMs).toBeLessThanOrEqual(10 * 200 + 200 + 150);
    expect(spentMs).toBeGreaterThan(1_800);
  });

  it('of nothing allows nothing', () => {
    expect(createBudget(0).allows(0)).toBe(false);
  });
});

describe('a rate', () => {
  it('keeps its grid while pictures come in time, and begins anew after a gap', () => {
    const rate = createRate(400, null);
    const ran = [0, 200, 400, 600, 810, 1_200, 5_000, 5_300, 5_400].filter((atMs) => {
      if (!rate.due(atMs)) return false;
      rate.ran(atMs, 9e9);
      return true;
    });
    expect(ran).toEqual([0, 400, 810, 1_200, 5_000, 5_400]);
  });

  it('becomes slower when its work would take more than its share', () => {
    const rate = createRate(1_000, 1 / 3);
    rate.ran(0, 900);
    expect([rate.due(2_600), rate.due(2_700)]).toEqual([false, true]);
  });
});
