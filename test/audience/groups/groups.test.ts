import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSample, groupsOf, isGoodSample, NO_EVIDENCE } from '../../../src/audience/groups/index.ts';
import { throughConfusion } from '../../../src/audience/groups/confusion.ts';
import { DEFAULT_PARAMETERS } from '../../../src/audience/parameters.ts';
import { AGE_BANDS, demographicCalibrationSchema, type DemographicCalibration, type DemographicSample, type Face } from '../../../src/contract/index.ts';
import { ADULT, CHILD, picture } from '../scenes.ts';

const judged = (sample: DemographicSample, times: number, calibration: DemographicCalibration | null = null) =>
  groupsOf(Array.from({ length: times }, () => sample).reduce((evidence, one) => addSample(evidence, one, calibration), NO_EVIDENCE), DEFAULT_PARAMETERS, calibration);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const identity = (size: number) => Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => (row === column ? 1 : 0)));
const calibration = (fields: Partial<DemographicCalibration> = {}): DemographicCalibration =>
  demographicCalibrationSchema.parse({ v: 1, name: 'test', measuredOn: 'nobody', ageTemperature: 1, genderTemperature: 1, ageConfusion: identity(7), genderConfusion: identity(2), ...fields });

describe('the bands of a visit', () => {
  it('are what several samples say together, as if they were at most three', () => {
    const three = judged(ADULT, 3);
    expect(judged(ADULT, 300).bands).toEqual(three.bands.map((p) => expect.closeTo(p, 9) as number));
    expect(three.bands[2]).toBeGreaterThan(0.42);
    expect(sum(three.bands) + three.bandUnknown).toBeCloseTo(1, 9);
  });

  it('are unknown after a single sample', () => {
    expect(judged(ADULT, 1)).toMatchObject({ bands: AGE_BANDS.map(() => 0), bandUnknown: 1 });
  });

  it('know a child as a child in sums, and as nothing that content is chosen by', () => {
    const child = judged(CHILD, 3);
    expect(child.bands[0]).toBeGreaterThan(0.5);
    expect(child).toMatchObject({ ages: { '18-24': 0, '25-44': 0, '45-64': 0, '65+': 0, unknown: 1 }, genders: { female: 0, male: 0, unknown: 1 } });
  });

  it('are of good samples only: large enough, and towards the camera', () => {
    const face = (fields: Partial<Face>): Face => ({ score: 0.9, yawDeg: 0, pitchDeg: 0, box: { x: 0, y: 0, width: 0.1, height: 0.1 }, ...fields });
    const frame = picture(0, [], null);
    expect(isGoodSample(face({}), frame)).toBe(true);
    for (const bad of [{ box: { x: 0, y: 0, width: 0.08, height: 0.1 } }, { yawDeg: 31 }, { pitchDeg: -26 }, { yawDeg: null, pitchDeg: null }]) expect(isGoodSample(face(bad), frame)).toBe(false);
  });
});

describe('a measured net', () => {
  it('that is never wrong changes nothing', () => {
    expect(judged(ADULT, 3, calibration()).bands).toEqual(judged(ADULT, 3).bands.map((p) => expect.closeTo(p, 9) as number));
  });

  it('that is too sure of itself is believed less', () => {
    const cooler = judged(ADULT, 3, calibration({ ageTemperature: 2, genderTemperature: 2 }));
    expect(cooler.bands[2]).toBeLessThan(judged(ADULT, 3).bands[2]!);
    expect(cooler.genders.female).toBeLessThan(judged(ADULT, 3).genders.female);
  });

  it('is believed no more than it was right', () => {
    const often = identity(2).map((row) => row.map((p) => 0.9 * p + 0.05));
    const sure = { ...ADULT, female: 0.999 };
    expect(judged(sure, 3).genders.female).toBeGreaterThan(0.99);
    expect(judged(sure, 3, calibration({ genderConfusion: often })).genders.female).toBeCloseTo(0.95, 2);
  });

  it('gives P(truth | said) as Bayes has it', () => {
    // Of 100 women 80 were called women, of 100 men 40: who is called a woman is one in two of three cases.
    expect(throughConfusion([1, 0], [[0.8, 0.2], [0.4, 0.6]])).toEqual([expect.closeTo(2 / 3, 9), expect.closeTo(1 / 3, 9)]);
    // What it never said of anybody known says nothing.
    expect(throughConfusion([1, 0], [[0, 1], [0, 1]])).toEqual([0.5, 0.5]);
  });

  it('always leaves probabilities, whatever was measured', () => {
    const row = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 }).map((weights) => weights.map((weight) => weight / sum(weights)));
    fc.assert(
      fc.property(row, fc.array(row, { minLength: 7, maxLength: 7 }), fc.double({ min: 0.2, max: 10, noNaN: true }), (ageBands, ageConfusion, ageTemperature) => {
        const { bands, bandUnknown } = judged({ ageBands, female: 0.5 }, 3, calibration({ ageConfusion, ageTemperature }));
        expect(bands.every((p) => p >= 0 && p <= 1 + 1e-9)).toBe(true);
        expect(sum(bands) + bandUnknown).toBeCloseTo(1, 9);
      }),
    );
  });
});
