import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attractionRatio, conversionRatio, followMessages, gazeProbability, gazeShare, hadOpportunityToSee, headOrientation, isExposed, orientationAngles } from '../../../src/audience/attention/index.ts';
import { seeded } from '../tracking/shop-films.ts';

describe('the opportunity to see', () => {
  const showing = [{ fromMs: 10_000, untilMs: 20_000 }];

  it('is a second of the message while somebody is in the zone', () => {
    expect(hadOpportunityToSee([{ fromMs: 0, untilMs: 11_000 }], showing)).toBe(true);
    expect(hadOpportunityToSee([{ fromMs: 0, untilMs: 10_999 }], showing)).toBe(false);
    expect(hadOpportunityToSee([{ fromMs: 19_000, untilMs: 60_000 }], showing)).toBe(true);
    expect(hadOpportunityToSee([], showing)).toBe(false);
  });

  it('is a second on end: two short passages are none', () => {
    expect(hadOpportunityToSee([{ fromMs: 11_000, untilMs: 11_800 }, { fromMs: 15_000, untilMs: 15_800 }], showing)).toBe(false);
  });

  it('is of one message: two that follow each other before a second is over are none', () => {
    const messages = followMessages();
    messages.show({ id: 'bread', sinceMs: 0 }, 0);
    messages.show({ id: 'bread', sinceMs: 0 }, 10_600);
    messages.show({ id: 'cake', sinceMs: 10_700 }, 10_800);
    messages.show({ id: 'cake', sinceMs: 10_700 }, 13_000);
    messages.show(null, 13_200);
    messages.show(null, 19_000);
    expect(messages.since(0)).toEqual([{ fromMs: 0, untilMs: 10_700 }, { fromMs: 10_700, untilMs: 13_000 }]);
    expect(hadOpportunityToSee([{ fromMs: 10_000, untilMs: 11_500 }], messages.since(0))).toBe(false);
    expect(hadOpportunityToSee([{ fromMs: 10_000, untilMs: 11_700 }], messages.since(0))).toBe(true);
    expect(messages.since(12_000)).toHaveLength(1);
  });

  it('is had in a sector before the screen', () => {
    const zone = { nearestM: 0.5, furthestM: 5, halfAngleDeg: 60 };
    expect([{ x: 0, y: 3 }, { x: 2, y: 2 }, { x: -2.9, y: 4 }].map((place) => isExposed(place, zone))).toEqual([true, true, true]);
    expect([{ x: 0, y: 0.4 }, { x: 0, y: 5.1 }, { x: 4, y: 2 }, { x: 0, y: -2 }].map((place) => isExposed(place, zone))).toEqual([false, false, false, false]);
  });

  it('gives ratios, and none where nobody was', () => {
    expect(conversionRatio(3, 12)).toBe(0.25);
    expect(conversionRatio(0, 0)).toBeNull();
    expect(attractionRatio([{ attentionMs: 1_000, dwellMs: 2_000 }, { attentionMs: 0, dwellMs: 8_000 }])).toBe(0.1);
    expect(attractionRatio([])).toBeNull();
  });
});

describe('head orientation', () => {
  it('has 512 cells, and each knows its middle', () => {
    const cells = Array.from({ length: 512 }, (_, cell) => cell);
    expect(cells.map((cell) => headOrientation(orientationAngles(cell).yawDeg, orientationAngles(cell).pitchDeg))).toEqual(cells);
  });

  it('is never further from its cell than half a cell', () => {
    fc.assert(
      fc.property(fc.double({ min: -180, max: 179.99, noNaN: true }), fc.double({ min: -90, max: 90, noNaN: true }), (yaw, pitch) => {
        const { yawDeg, pitchDeg } = orientationAngles(headOrientation(yaw, pitch));
        expect(Math.abs(yawDeg - yaw)).toBeLessThanOrEqual(5.625 + 1e-9);
        expect(Math.abs(pitchDeg - pitch)).toBeLessThanOrEqual(5.625 + 1e-9);
      }),
    );
  });

  it('goes round, and ends above and below', () => {
    expect(headOrientation(190, 0)).toBe(headOrientation(-170, 0));
    expect(headOrientation(180, 0)).toBe(headOrientation(-180, 0));
    expect(headOrientation(0, 120)).toBe(headOrientation(0, 89));
  });
});

describe('the probability of looking at an area', () => {
  // The wall of the screen is y = 0, the camera in it 1.5 m above the floor; z is up.
  const camera = { x: 0, y: 0, z: 1.5 };
  const onWall = (left: number, right: number, bottom: number, top: number) => [{ x: left, y: 0, z: bottom }, { x: right, y: 0, z: bottom }, { x: right, y: 0, z: top }, { x: left, y: 0, z: top }];
  const ahead = { x: 0, y: 2, z: 1.5 };
  const screen = onWall(-0.4, 0.4, 1.25, 1.75);
  const looking = (eye: typeof camera, yawDeg: number, pitchDeg: number, outline: readonly (typeof camera)[], errorDeg = 6.77) => gazeProbability(eye, camera, { yawDeg, pitchDeg }, outline, errorDeg);

  it('is high for what is ahead, falls as the head turns, and is nothing behind', () => {
    const turned = [0, 10, 20, 30, 60, 180].map((yawDeg) => looking(ahead, yawDeg, 0, screen));
    expect(turned[0]).toBeGreaterThan(0.6);
    expect(turned.toSorted((a, b) => b - a)).toEqual(turned);
    expect(turned.at(-1)).toBeLessThan(1e-6);
  });

  it('sums up to one over areas that cover everything ahead', () => {
    const edges = [-6, -1, -0.2, 0.5, 6];
    const parts = edges.slice(1).map((right, index) => looking({ x: 0.3, y: 1.5, z: 1.4 }, 12, 4, onWall(edges[index]!, right, -6, 9)));
    expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2);
  });

  it('knows which side is which: who stands left and looks along the room sees what is left of the camera', () => {
    const left = onWall(-1.4, -0.6, 1, 2);
    const right = onWall(0.6, 1.4, 1, 2);
    const eye = { x: -1, y: 2, z: 1.5 };
    // Straight ahead of this place is 26.6° to the left of the line to the camera.
    expect(looking(eye, -26.6, 0, left)).toBeGreaterThan(0.7);
    expect(looking(eye, -26.6, 0, right)).toBeLessThan(1e-3);
    expect(looking(ahead, 0, 14, onWall(-0.4, 0.4, 1.8, 2.2))).toBeGreaterThan(0.4);
  });

  it('holds for a shelf beside and behind: who turns away from the screen looks there', () => {
    // A shelf along the right wall, behind somebody who stands close to the screen.
    const shelf = [{ x: 2, y: 3, z: 0.5 }, { x: 2, y: 4, z: 0.5 }, { x: 2, y: 4, z: 2 }, { x: 2, y: 3, z: 2 }];
    const eye = { x: 0, y: 2, z: 1.5 };
    const [towards, away] = [126, -126].map((yawDeg) => looking(eye, yawDeg, -6, shelf));
    expect(towards).toBeGreaterThan(0.5);
    expect(away).toBeLessThan(1e-6);
    // The same from the other side of the half turn, where angles jump.
    const behind = [{ x: -1, y: 4, z: 0.5 }, { x: 1, y: 4, z: 0.5 }, { x: 1, y: 4, z: 2 }, { x: -1, y: 4, z: 2 }];
    expect(looking(eye, 178, -6, behind)).toBeGreaterThan(0.6);
    expect(looking(eye, -178, -6, behind)).toBeCloseTo(looking(eye, 178, -6, behind), 6);
    expect(looking(eye, 0, -6, behind)).toBeLessThan(1e-6);
  });

  it('is what throwing the error many times says, also for an area that is no rectangle', () => {
    const random = seeded(7);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const eye = { x: 0.2, y: 1.8, z: 1.4 };
    const [yaw, pitch, throws] = [8, -3, 40_000];
    const triangle = [{ x: -0.5, y: 0, z: 1.1 }, { x: 0.6, y: 0, z: 1.2 }, { x: 0.1, y: 0, z: 1.9 }];
    const zero = { yaw: Math.atan2(-eye.x, eye.y), pitch: Math.atan2(camera.z - eye.z, Math.hypot(eye.x, eye.y)) };
    const hits = { screen: 0, triangle: 0 };
    for (let index = 0; index < throws; index++) {
      const yawTo = zero.yaw + ((yaw + 6.77 * normal()) * Math.PI) / 180;
      const pitchTo = zero.pitch + ((pitch + 6.77 * normal()) * Math.PI) / 180;
      const x = eye.x + eye.y * Math.tan(yawTo);
      const z = eye.z + Math.hypot(x - eye.x, eye.y) * Math.tan(pitchTo);
      if (Math.abs(x) <= 0.4 && Math.abs(z - 1.5) <= 0.25) hits.screen += 1;
      const sides = triangle.map((from, corner) => [from, triangle[(corner + 1) % 3]!] as const);
      if (sides.every(([from, to]) => (to.x - from.x) * (z - from.z) - (to.z - from.z) * (x - from.x) >= 0)) hits.triangle += 1;
    }
    expect(Math.abs(looking(eye, yaw, pitch, screen) - hits.screen / throws)).toBeLessThan(0.01);
    expect(Math.abs(looking(eye, yaw, pitch, triangle) - hits.triangle / throws)).toBeLessThan(0.02);
  });

  it('as a share of the best is 1 in the middle of anything, large or small, near or far', () => {
    for (const [eye, half] of [[ahead, 0.6], [{ x: 0, y: 6, z: 1.5 }, 0.2]] as const) {
      const panel = onWall(-half, half, 1.3, 1.7);
      expect(gazeShare(eye, camera, { yawDeg: 0, pitchDeg: 0 }, panel)).toBeCloseTo(1, 6);
      expect(gazeShare(eye, camera, { yawDeg: 60, pitchDeg: 0 }, panel)).toBeLessThan(0.05);
    }
  });
});
