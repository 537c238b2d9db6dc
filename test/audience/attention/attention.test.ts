import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attractionRatio, conversionRatio, gazeProbability, hadOpportunityToSee, headOrientation, isExposed, orientationAngles } from '../../../src/audience/attention/index.ts';
import { seeded } from '../tracking/shop-films.ts';

describe('the opportunity to see', () => {
  const showing = { fromMs: 10_000, untilMs: 20_000 };

  it('is a second of the message while somebody is in the zone', () => {
    expect(hadOpportunityToSee([{ fromMs: 0, untilMs: 11_000 }], showing)).toBe(true);
    expect(hadOpportunityToSee([{ fromMs: 0, untilMs: 10_999 }], showing)).toBe(false);
    expect(hadOpportunityToSee([{ fromMs: 19_000, untilMs: 60_000 }], showing)).toBe(true);
    expect(hadOpportunityToSee([], showing)).toBe(false);
  });

  it('is a second on end: two short passages are none', () => {
    expect(hadOpportunityToSee([{ fromMs: 11_000, untilMs: 11_800 }, { fromMs: 15_000, untilMs: 15_800 }], showing)).toBe(false);
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

describe('the probability of looking at a zone', () => {
  const ahead = { x: 0, y: 0, z: 2 };
  const screen = { left: -0.4, right: 0.4, bottom: -0.25, top: 0.25 };

  it('is high for the zone ahead, falls as the head turns, and is nothing behind', () => {
    const turned = [0, 10, 20, 30, 60, 180].map((yawDeg) => gazeProbability(ahead, yawDeg, 0, screen));
    expect(turned[0]).toBeGreaterThan(0.6);
    expect(turned.toSorted((a, b) => b - a)).toEqual(turned);
    expect(turned.at(-1)).toBeLessThan(1e-6);
  });

  it('sums up to one over zones that cover everything', () => {
    const edges = [-1e6, -1, -0.2, 0.5, 1e6];
    const eye = { x: 0.3, y: -0.1, z: 1.5 };
    const parts = edges.slice(1).map((right, index) => gazeProbability(eye, 12, 4, { left: edges[index]!, right, bottom: -1e6, top: 1e6 }));
    expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });

  it('knows which side is which: who stands left and looks along the room sees what is left of the camera', () => {
    const left = { left: -1.4, right: -0.6, bottom: -0.5, top: 0.5 };
    const right = { left: 0.6, right: 1.4, bottom: -0.5, top: 0.5 };
    const eye = { x: -1, y: 0, z: 2 };
    // Straight ahead of this place is 26.6° to the left of the line to the camera.
    expect(gazeProbability(eye, -26.6, 0, left)).toBeGreaterThan(0.7);
    expect(gazeProbability(eye, -26.6, 0, right)).toBeLessThan(1e-3);
    expect(gazeProbability(ahead, 0, 14, { left: -0.4, right: 0.4, bottom: 0.3, top: 0.7 })).toBeGreaterThan(0.4);
  });

  it('is what throwing the error many times says', () => {
    const random = seeded(7);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const eye = { x: 0.2, y: -0.1, z: 1.8 };
    const [yaw, pitch, throws] = [8, -3, 40_000];
    const camera = { yaw: Math.atan2(-eye.x, eye.z), pitch: Math.atan2(-eye.y, Math.hypot(eye.x, eye.z)) };
    let hits = 0;
    for (let index = 0; index < throws; index++) {
      const yawTo = camera.yaw + ((yaw + 6.768 * normal()) * Math.PI) / 180;
      const pitchTo = camera.pitch + ((pitch + 6.768 * normal()) * Math.PI) / 180;
      const x = eye.x + eye.z * Math.tan(yawTo);
      const y = eye.y + Math.hypot(x - eye.x, eye.z) * Math.tan(pitchTo);
      if (Math.abs(x) <= 0.4 && Math.abs(y) <= 0.25) hits += 1;
    }
    expect(gazeProbability(eye, yaw, pitch, screen)).toBeCloseTo(hits / throws, 2);
  });
});
