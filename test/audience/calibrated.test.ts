import { describe, expect, it } from 'vitest';
import { createAudience } from '../../src/audience/index.ts';
import { audienceSchema, floorSumsSchema, visitSchema, type Audience, type FloorSums, type FrameObservation, type Visit } from '../../src/contract/index.ts';
import { CALIBRATION, SHELF, snapshot, type Shopper } from './shop.ts';

const PANEL = { x: 0, y: 0, z: 1.7 };
const BREAD = { ...SHELF.middle, z: 1.1 };
const ASTRAY = { x: -4, y: 3, z: 1.6 };

interface Seen {
  readonly moments: readonly Audience[];
  readonly visits: readonly Visit[];
  readonly floor: FloorSums | null;
}

function run(frames: readonly FrameObservation[], showing: (atMs: number) => string | null = () => 'spot', calibration: typeof CALIBRATION | null = CALIBRATION): Seen {
  const audience = createAudience({ calibration });
  let since: { id: string; sinceMs: number } | null = null;
  const moments = frames.map((frame) => {
    const id = showing(frame.atMs);
    since = id === null ? null : id === since?.id ? since : { id, sinceMs: frame.atMs };
    audience.showing(since, frame.atMs);
    audience.observe(frame);
    return audienceSchema.parse(audience.at(frame.atMs));
  });
  const visits = audience.close().map((visit) => visitSchema.parse(visit));
  return { moments, visits, floor: audience.takeFloor() };
}

/** Ten pictures a second; bodies are searched in all of them. */
function film(seconds: number, ...shoppers: readonly ((atS: number) => Shopper | null)[]): FrameObservation[] {
  return Array.from({ length: 10 * seconds + 1 }, (_, index) => snapshot(100 * index, shoppers.map((one) => one(index / 10)).filter((one) => one !== null)));
}

describe('with a calibrated camera', () => {
  it('people are as far from the screen as they are', () => {
    const { moments, visits } = run(film(4, () => ({ x: 0.6, y: 3, looksAt: PANEL }), () => ({ x: -1, y: 4, looksAt: null })));
    expect(moments.at(-1)!.nearestM).toBeCloseTo(Math.hypot(0.6, 3), 1);
    expect(visits.map(({ distanceM }) => distanceM!).sort()).toEqual([expect.closeTo(Math.hypot(0.6, 3), 1), expect.closeTo(Math.hypot(1, 4), 1)]);
  });

  it('only those in the exposure zone are exposed, and have an opportunity to see', () => {
    const { moments, visits } = run(film(4, () => ({ x: 0, y: 3, looksAt: null }), () => ({ x: 1.4, y: 5.6, looksAt: null })));
    expect(moments.at(-1)).toMatchObject({ present: 2, exposed: 1 });
    expect(visits.map(({ opportunityToSee }) => opportunityToSee).sort()).toEqual([false, true]);
  });

  it('who walks into the zone has the opportunity once a message stood there for a second with them', () => {
    const entering = (untilS: number) => film(untilS, (atS) => ({ x: 0, y: 7 - atS, looksAt: null }));
    // In the zone from second 2 on, give or take the smoothing.
    expect(run(entering(5)).visits).toMatchObject([{ opportunityToSee: true }]);
    expect(run(entering(2)).visits).toMatchObject([{ opportunityToSee: false }]);
    expect(run(entering(5), () => null).visits).toMatchObject([{ opportunityToSee: false }]);
    expect(run(entering(5), (atMs) => `spot-${Math.floor(atMs / 900)}`).visits).toMatchObject([{ opportunityToSee: false }]);
  });

  it('who looks at the panel watches, though the camera hangs elsewhere; who looks into the camera past a far panel does not', () => {
    // Two metres off the camera's side, the way to the panel leads 33° past the lens.
    const besides = { ...CALIBRATION, screen: { ...CALIBRATION.screen, rightM: 2.5 } };
    const looking = (target: typeof PANEL) => film(4, () => ({ x: 0, y: 2.5, looksAt: target }));
    expect(run(looking({ x: 2, y: 0, z: 1.7 }), () => 'spot', besides).visits).toMatchObject([{ watcher: true, attentionMs: 4_000 }]);
    expect(run(looking({ x: -0.5, y: 0, z: 2.1 }), () => 'spot', besides).visits).toMatchObject([{ watcher: false }]);
    expect(run(looking({ x: -0.5, y: 0, z: 2.1 }), () => 'spot', null).visits).toMatchObject([{ watcher: true }]);
    expect(run(looking(ASTRAY)).visits).toMatchObject([{ watcher: false }]);
  });

  it('looks at a shelf are expected time, and those elsewhere are not', () => {
    const { moments, visits } = run(film(10, (atS) => ({ x: 0.2, y: 1.6, looksAt: atS < 5 ? BREAD : ASTRAY })));
    expect(moments[20]!.zones[0]!.looking).toBeGreaterThan(0.5);
    expect(moments.at(-1)!.zones[0]!.looking).toBeLessThan(0.05);
    expect(visits[0]!.zones[0]!.lookingMs).toBeGreaterThan(2_500);
    expect(visits[0]!.zones[0]!.lookingMs).toBeLessThan(5_500);
    expect(visits[0]!.attentionMs).toBe(0);
  });

  it('a hand in the shelf is counted once, and only of somebody who stands at the shelf', () => {
    const reaching = (x: number, y: number) => (atS: number): Shopper => {
      const out = Math.max(0, Math.min(1, atS < 4 ? atS - 1 : 5.5 - atS));
      const [rest, shelf] = [{ x: x + 0.1, y, z: 1.0 }, { x: SHELF.middle.x - 0.3, y: SHELF.middle.y, z: 1.3 }];
      return { x, y, looksAt: BREAD, hand: { x: rest.x + out * (shelf.x - rest.x), y: rest.y + out * (shelf.y - rest.y), z: rest.z + out * (shelf.z - rest.z) } };
    };
    const near = run(film(8, reaching(0.55, 2.4)));
    expect(near.visits[0]!.zones).toMatchObject([{ id: 'bread', reaches: 1 }]);
    expect(Math.max(...near.moments.map(({ zones }) => zones[0]!.hands))).toBe(1);
    expect(near.moments.at(-1)!.zones[0]!.hands).toBe(0);
    // The same gesture in the picture, made by somebody two metres further away.
    const far = run(film(8, reaching(0.55, 5)));
    expect(far.visits.flatMap(({ zones }) => zones).every(({ reaches }) => reaches === 0)).toBe(true);
  });

  it('smiles are a share of the attention, and unknown where expression is not measured', () => {
    const smiling = (smile?: number) => film(4, (atS) => ({ x: 0, y: 3, looksAt: PANEL, ...(smile === undefined ? {} : { smile: atS <= 2 ? smile : 0.1 }) }));
    expect(run(smiling(0.8)).visits[0]!.smilingMs).toBeGreaterThan(1_900);
    expect(run(smiling(0.8)).visits[0]!.smilingMs).toBeLessThan(2_200);
    expect(run(smiling(0.4)).visits[0]!.smilingMs).toBe(0);
    expect(run(smiling()).visits[0]!.smilingMs).toBeNull();
  });

  it('the floor keeps where people stood and which way they went, once, as a sum', () => {
    const frames = film(9, (atS) => ({ x: -1.2 + 0.22 * atS, y: 3.2, looksAt: null }));
    const { floor } = run(frames);
    const { columns, stayMs, steps } = floorSumsSchema.parse(floor);
    const row = Math.floor(3.2 / 0.5);
    expect(stayMs.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(8_900);
    expect(stayMs.reduce((sum, ms, cell) => (Math.floor(cell / columns) === row ? sum + ms : sum), 0)).toBeGreaterThan(8_900);
    expect(steps.flat().reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(steps.reduce((sum, [, right]) => sum + right, 0)).toBe(4);
  });

  it('says nothing in metres of pictures of another shape, nor without a calibration', () => {
    const narrow = film(3, () => ({ x: 0, y: 3, looksAt: PANEL })).map((frame) => ({ ...frame, widthPx: 960 }));
    expect(run(narrow).visits).toMatchObject([{ distanceM: null, zones: [] }]);
    expect(run(film(3, () => ({ x: 0, y: 3, looksAt: PANEL })), () => 'spot', null)).toMatchObject({ floor: null, visits: [{ distanceM: null, zones: [], opportunityToSee: true }] });
  });

  it('a body that was only followed goes on, and begins nobody', () => {
    const frames = film(6, () => ({ x: 0, y: 3, looksAt: null }));
    const followed = frames.map((frame, index) => (index === 0 ? frame : { ...frame, bodies: null, poses: frame.bodies! }));
    expect(run(followed).visits).toMatchObject([{ dwellMs: 6_000 }]);
    expect(run(followed.slice(1)).visits).toEqual([]);
  });
});
