import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AGE_BANDS, type DemographicCalibration } from '../../src/contract/index.ts';
import { calibrationName, writeCalibration } from '../../src/player/calibration-files.ts';
import { watchCalibrations, type CalibrationWatch } from '../../src/player/calibration-watch.ts';
import { Trouble } from '../../src/player/trouble.ts';
import { ABOVE_PANEL, calibrationOf } from '../audience/space/cameras.ts';

const FLOOR = calibrationOf(ABOVE_PANEL);
const certain = (size: number): number[][] => Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => (row === column ? 1 : 0)));
const DEMOGRAPHICS: DemographicCalibration = { v: 1, name: 'faceres-2026-11', measuredOn: '5 portraits', ageTemperature: 2, genderTemperature: 1.5, ageConfusion: certain(AGE_BANDS.length), genderConfusion: certain(2) };

let dir: string;
let watch: CalibrationWatch | undefined;
let trouble: Trouble;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'litfass-calibration-'));
  trouble = new Trouble(() => undefined);
});
afterEach(async () => {
  watch?.close();
  await rm(dir, { recursive: true });
});

const put = (name: string, value: unknown): Promise<void> => writeFile(join(dir, name), typeof value === 'string' ? value : JSON.stringify(value));

describe('the calibrations of a screen', () => {
  it('are none until there are some, and nothing is wrong with that', async () => {
    watch = await watchCalibrations(dir, trouble);
    expect(watch.current()).toEqual({ floor: null, demographics: null });
    expect(watch.site()).toEqual({ shelves: [], floorName: null, demographicsName: null });
    expect(trouble.all).toEqual([]);
  });

  it('are read at the start, and have names for what is released', async () => {
    await put('calibration.json', FLOOR);
    await put('demographics.json', DEMOGRAPHICS);
    watch = await watchCalibrations(dir, trouble);
    expect(watch.current()).toEqual({ floor: FLOOR, demographics: DEMOGRAPHICS });
    expect(watch.site()).toEqual({ shelves: [], floorName: expect.stringMatching(/^floor-[0-9a-f]{8}$/) as string, demographicsName: 'faceres-2026-11' });
  });

  it('are picked up while the screen runs, whole', async () => {
    watch = await watchCalibrations(dir, trouble);
    const heard = new Promise((resolve) => watch!.onChange(resolve));
    await writeCalibration(dir, FLOOR);
    expect(await heard).toEqual({ floor: FLOOR, demographics: null });
    expect(await readdir(dir)).toEqual(['calibration.json']);
    expect(JSON.parse(await readFile(join(dir, 'calibration.json'), 'utf8'))).toEqual(FLOOR);
  });

  it.each([
    ['is no JSON', '{"v": 1,', /calibration\.json is no JSON.*litfass calibrate/],
    ['does not fit the schema', { ...FLOOR, widthM: -2 }, /calibration\.json does not fit its schema: widthM.*litfass calibrate/],
    ['describes no camera that there is', { ...FLOOR, widthM: 40, depthM: 0.1 }, /calibration\.json describes a camera that cannot be: .*litfass calibrate/],
  ])('that %s are as good as none, and people are told what, where and what to do', async (_what, content, words) => {
    await put('calibration.json', content);
    await put('demographics.json', DEMOGRAPHICS);
    watch = await watchCalibrations(dir, trouble);
    expect(watch.current()).toEqual({ floor: null, demographics: DEMOGRAPHICS });
    expect(trouble.newest).toMatch(words);
    expect(trouble.newest).toContain(dir);
  });

  it('of a net, when a row of the confusion does not sum to 1, are reported and ignored', async () => {
    await put('demographics.json', { ...DEMOGRAPHICS, genderConfusion: [[0.5, 0.4], [0, 1]] });
    watch = await watchCalibrations(dir, trouble);
    expect(watch.current().demographics).toBeNull();
    expect(trouble.newest).toMatch(/demographics\.json does not fit its schema: genderConfusion\.0: the row must sum to 1/);
  });
});

describe('the name of a calibration', () => {
  it('is the same however its file was written, and another one for another place', () => {
    const shuffled = Object.fromEntries(Object.entries(FLOOR).toReversed()) as typeof FLOOR;
    expect(calibrationName(shuffled)).toBe(calibrationName(FLOOR));
    expect(calibrationName({ ...FLOOR, widthM: FLOOR.widthM + 0.01 })).not.toBe(calibrationName(FLOOR));
  });
});
