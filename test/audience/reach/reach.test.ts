import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_ARM, watchArm, type ArmPose, type ArmState, type ProductInteraction, type ShelfZone } from '../../../src/audience/reach/index.ts';
import { distanceToPolygon } from '../../../src/audience/reach/polygon.ts';

const square = (x: number, y: number, side: number) => [{ x, y }, { x: x + side, y }, { x: x + side, y: y + side }, { x, y: y + side }];
const BREAD: ShelfZone = { id: 'bread', corners: square(0.85, 0.35, 0.2) };
const SHOULDER = { x: 0.5, y: 0.4 };

/** An arm of 0.15 and 0.15 on a body whose shoulders are 0.2 apart; `stretch` 0 (the hand before the chest) to 1 (in the shelf). */
function pose(atMs: number, stretch: number, more: { score?: number; headDown?: boolean } = {}): ArmPose {
  const score = more.score ?? 0.8;
  const wrist = { x: 0.45 + stretch * 0.35, y: 0.5 - 0.1 * stretch };
  const middle = { x: (SHOULDER.x + wrist.x) / 2, y: (SHOULDER.y + wrist.y) / 2 };
  const half = Math.hypot(wrist.x - SHOULDER.x, wrist.y - SHOULDER.y) / 2;
  const bend = Math.sqrt(Math.max(0, 0.15 ** 2 - half ** 2));
  return {
    atMs,
    shoulder: { ...SHOULDER, score },
    elbow: { x: middle.x, y: middle.y + bend, score },
    wrist: { ...wrist, score },
    shoulderWidth: 0.2,
    torso: [{ x: 0.35, y: 0.4 }, { x: 0.55, y: 0.4 }, { x: 0.53, y: 0.75 }, { x: 0.37, y: 0.75 }],
    headDown: more.headDown ?? false,
  };
}

function watch(poses: readonly ArmPose[]): { doing: ArmState['doing'][]; told: ProductInteraction[] } {
  let arm = NEW_ARM;
  const told: ProductInteraction[] = [];
  const doing = poses.map((one) => {
    const seen = watchArm(arm, one, [BREAD]);
    arm = seen.arm;
    if (seen.interaction) told.push(seen.interaction);
    return arm.state.doing;
  });
  return { doing, told };
}

/** Ten pictures a second of how far the arm is stretched. */
const stretches = (...values: number[]) => values.map((value, index) => pose(100 * index, value));
const GRAB = [0, 0.3, 0.7, 0.92, 1, 1, 1, 1, 0.7, 0.3, 0, 0];

describe('reaching for a product', () => {
  it('goes from reach over hand in shelf to retract, and tells one interaction', () => {
    const { doing, told } = watch(stretches(...GRAB));
    expect(doing.filter((state, index) => state !== doing[index - 1])).toEqual(['idle', 'reach', 'hand-in', 'leaving', 'retract']);
    expect(told).toEqual([{ zoneId: 'bread', startMs: 400, durationMs: 400, confidence: 0.8 }]);
  });

  it('becomes an inspection when the hand stays before the body for a second', () => {
    const { doing } = watch(stretches(...GRAB, ...new Array<number>(12).fill(0), 0.6));
    expect(doing.slice(-3)).toEqual(['inspect', 'inspect', 'idle']);
  });

  it('is none when the hand only points, passes by, or hangs', () => {
    expect(watch(stretches(0, 0.3, 0.7, 0.85, 0.85, 0.6, 0)).told).toEqual([]);
    expect(watch(stretches(0, 0.7, 0.92, 1, 0.7, 0.3)).told).toEqual([]);
    expect(watch(stretches(...new Array<number>(20).fill(0.2))).doing).toEqual(new Array(20).fill('idle'));
  });

  it('takes each picture once, in order', () => {
    const twice = stretches(...GRAB).flatMap((one) => [one, one, { ...one, atMs: one.atMs - 50 }]);
    expect(watch(twice).told).toEqual(watch(stretches(...GRAB)).told);
  });

  it('says how sure its least certain joint was', () => {
    const unsure = stretches(...GRAB).map((one, index) => (index === 6 ? pose(600, 1, { score: 0.4 }) : one));
    expect(watch(unsure).told).toMatchObject([{ confidence: 0.4 }]);
  });

  it('bridges a hand that is hidden among the products, and ends it when it stays hidden', () => {
    const hidden = (from: number, until: number, poses: ArmPose[]) => poses.map((one, index) => (index >= from && index <= until ? pose(one.atMs, 1, { score: 0.1 }) : one));
    const long = [0, 0.3, 0.7, 0.92, ...new Array<number>(16).fill(1), 0.7, 0.3, 0];
    expect(watch(hidden(9, 16, stretches(...long))).told).toMatchObject([{ startMs: 400, durationMs: 1_600 }]);
    const lost = watch(hidden(8, 22, stretches(...long)));
    expect(lost.told).toMatchObject([{ startMs: 400, durationMs: 300 }]);
    expect(lost.doing.at(-1)).toBe('idle');
  });
});

describe('the distance to an area', () => {
  it('is nothing inside and the way to the nearest edge outside', () => {
    const corners = square(0, 0, 2);
    expect(distanceToPolygon({ x: 1, y: 1 }, corners)).toBe(0);
    expect(distanceToPolygon({ x: 3, y: 1 }, corners)).toBe(1);
    expect(distanceToPolygon({ x: 5, y: 6 }, corners)).toBe(5);
  });

  it('holds for areas with a dent', () => {
    const dent = [{ x: 0, y: 0 }, { x: 4, y: 0 }, { x: 4, y: 4 }, { x: 2, y: 1 }, { x: 0, y: 4 }];
    expect(distanceToPolygon({ x: 2, y: 3 }, dent)).toBeGreaterThan(0.5);
    expect(distanceToPolygon({ x: 0.5, y: 2.5 }, dent)).toBe(0);
  });

  it('does not depend on the corner that is named first', () => {
    const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, fc.integer({ min: 0, max: 3 }), (x, y, first) => {
        const corners = square(-1, -1, 2);
        expect(distanceToPolygon({ x, y }, [...corners.slice(first), ...corners.slice(0, first)])).toBeCloseTo(distanceToPolygon({ x, y }, corners), 12);
      }),
    );
  });
});
