import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAudience } from '../../src/audience/index.ts';
import { audienceSchema, floorSumsSchema, JOINTS, visitSchema, type FrameObservation } from '../../src/contract/index.ts';
import { CALIBRATION } from './shop.ts';

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const box = fc.record({ x: fc.double({ min: -0.5, max: 1, noNaN: true }), y: fc.double({ min: -0.5, max: 1, noNaN: true }), width: fc.double({ min: 0.01, max: 1, noNaN: true }), height: fc.double({ min: 0.01, max: 1, noNaN: true }) });
const demographics = fc.record({ ageBands: fc.array(fraction, { minLength: 7, maxLength: 7 }), female: fraction });
const angle = fc.double({ min: -90, max: 90, noNaN: true });
const face = fc.oneof(
  fc.record({ box, score: fraction, yawDeg: angle, pitchDeg: angle }),
  fc.record({ box, score: fraction, yawDeg: angle, pitchDeg: angle, demographics, smile: fraction }),
  fc.record({ box, score: fraction, yawDeg: fc.constant(null), pitchDeg: fc.constant(null) }),
);
const joints = fc.array(fc.record({ x: fraction, y: fraction, score: fraction }), { minLength: JOINTS.length, maxLength: JOINTS.length });
const body = fc.oneof(fc.record({ box, score: fraction }), fc.record({ box, score: fraction, joints }));
const faces = fc.array(face, { maxLength: 5 });
const bodies = fc.option(fc.array(body, { maxLength: 5 }), { nil: null });

/** Wild pictures, some of them shown several times over so that tracks come to be. */
const film = fc
  .array(fc.record({ faces, bodies, poses: fc.array(body, { maxLength: 3 }), pauseMs: fc.integer({ min: 1, max: 1_500 }), repeat: fc.integer({ min: 1, max: 6 }) }), { maxLength: 15 })
  .map((shots): FrameObservation[] => {
    let atMs = 0;
    return shots.flatMap((shot) =>
      Array.from({ length: shot.repeat }, () => {
        atMs += shot.pauseMs;
        return { kind: 'frame' as const, atMs, widthPx: 640, heightPx: 360, faces: shot.faces, bodies: shot.bodies, ...(shot.bodies === null ? { poses: shot.poses } : {}) };
      }),
    );
  });

describe('whatever the pictures show', () => {
  it.each([['with', CALIBRATION], ['without', null]] as const)('%s a calibration, groups sum up to the people present, nothing exceeds what it is a part of, and everything fits its schema', (_, calibration) => {
    fc.assert(
      fc.property(film, (frames) => {
        const audience = createAudience({ calibration });
        for (const frame of frames) {
          audience.observe(frame);
          const moment = audienceSchema.parse(audience.at(frame.atMs));
          for (const groups of [moment.ages, moment.genders]) expect(Object.values(groups).reduce((a, b) => a + b, 0)).toBeCloseTo(moment.present, 9);
          expect(moment.watching).toBeLessThanOrEqual(moment.present);
          expect(moment.exposed).toBeLessThanOrEqual(moment.present);
          expect(moment.attentionMs).toBeLessThanOrEqual(moment.dwellMs);
          for (const { looking } of moment.zones) expect(looking).toBeLessThanOrEqual(moment.present + 1e-9);
        }
        for (const visit of audience.close()) {
          visitSchema.parse(visit);
          expect(visit.attentionMs).toBeLessThanOrEqual(visit.dwellMs);
          expect(visit.smilingMs ?? 0).toBeLessThanOrEqual(visit.attentionMs);
          for (const { lookingMs } of visit.zones) expect(lookingMs).toBeLessThanOrEqual(visit.dwellMs);
          expect(visit.groups.bands.reduce((a, b) => a + b, visit.groups.bandUnknown)).toBeCloseTo(1, 9);
          for (const groups of [visit.groups.ages, visit.groups.genders]) expect(Object.values(groups).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        }
        const floor = audience.takeFloor();
        if (floor) floorSumsSchema.parse(floor);
        expect(floor === null).toBe(calibration === null);
      }),
      { numRuns: 40 },
    );
  });

  it('the order of the detections in a picture changes nothing', () => {
    const shuffled = film.chain((frames) =>
      fc.tuple(
        fc.constant(frames),
        fc.tuple(
          ...frames.map((frame) =>
            fc.record({
              faces: fc.shuffledSubarray(frame.faces, { minLength: frame.faces.length }),
              bodies: frame.bodies === null ? fc.constant(null) : fc.shuffledSubarray(frame.bodies, { minLength: frame.bodies.length }),
            }),
          ),
        ),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([frames, orders]) => {
        const asSeen = createAudience({ calibration: CALIBRATION });
        const inDisorder = createAudience({ calibration: CALIBRATION });
        for (const [index, frame] of frames.entries()) {
          asSeen.observe(frame);
          inDisorder.observe({ ...frame, ...orders[index]! });
          expect(inDisorder.at(frame.atMs)).toEqual(asSeen.at(frame.atMs));
        }
        expect(inDisorder.close()).toEqual(asSeen.close());
      }),
      { numRuns: 60 },
    );
  });
});
