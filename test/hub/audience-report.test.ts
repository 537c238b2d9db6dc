import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audienceReportSchema, type AudienceReport, type Leaf, type TableMetric } from '../../src/contract/index.ts';
import { halfWidth95, jointHalfWidth95 } from '../../src/hub/services/noise-interval.ts';
import { discreteLaplace } from '../../src/statistics/discrete-laplace.ts';
import { seededUniform } from '../statistics/uniform-sources.ts';
import { asManager, enrolScreen, openTestHub, problemOf, START_MS, upload, type Screen, type TestHub } from './kit.ts';
import { batch, release, releaseTable } from './leaves.ts';

const MINUTE = 60_000;
let test: TestHub;
let screen: Screen;
beforeEach(async () => {
  test = await openTestHub();
  screen = await enrolScreen(test);
});
afterEach(() => test.close());

async function send(leaves: readonly Leaf[]): Promise<void> {
  expect((await upload(test, screen, batch(0, leaves))).status).toBe(200);
}
const report = async (minutes = 60): Promise<AudienceReport> => audienceReportSchema.parse(await (await asManager(test, `/api/screens/${screen.id}/audience?minutes=${String(minutes)}`)).json());
const sums = async (metric: TableMetric) => (await report()).tables.find((table) => table.metric === metric);
const flags = async (): Promise<(string | null)[]> => {
  await test.hub.close();
  const db = new Database(join(test.dataDir, 'hub.db'), { readonly: true });
  const found = db.prepare('select flag from log_row order by seq').pluck().all() as (string | null)[];
  db.close();
  test = await openTestHub({ dataDir: test.dataDir });
  return found;
};
/** `count` minutes that end at the start of the test. */
const minutes = (count: number): number[] => Array.from({ length: count }, (_, index) => START_MS - (count - index) * MINUTE);

describe('released tables', () => {
  it('are summed over their windows, signed, with the width of the noise', async () => {
    await send(minutes(10).map((start) => releaseTable(screen.id, start)));
    // Ten cells of scale 1000 / (1/2): a = e^(-1/2000), variance 2a/(1-a)² each, so 1.96 · sqrt(10 · 8 000 000 - …) = 17 531.
    expect(await sums('gender')).toMatchObject({
      cells: [{ cell: 'female', value: 10_000 }, { cell: 'male', value: 20_000 }, { cell: 'unknown', value: -5_000 }],
      plusMinus: 17_531,
      windows: 10,
      unmeasuredWindows: 0,
      coveragePercent: 100,
      fromMs: START_MS - 10 * MINUTE,
      toMs: START_MS,
      perVisit: 1_000,
      basis: ['faceres'],
    });
  });

  it('have the exact interval when there is one window alone: noise has longer tails than the normal distribution', async () => {
    await send([releaseTable(screen.id, START_MS - MINUTE, { metric: 'opportunity', unit: 'visits', cells: ['all'], values: [4], perVisit: 1, epsilonDenominator: 1 })]);
    // Pr[|X| ≥ 4] = 2 e^-4 / (1 + e^-1) = 0.027, Pr[|X| ≥ 3] = 0.073: within ± 3 in 97 of 100.
    expect(await sums('opportunity')).toMatchObject({ plusMinus: 3, cells: [{ value: 4 }] });
  });

  it('that were not measured are counted as such, and not summed', async () => {
    await send([releaseTable(screen.id, START_MS - 2 * MINUTE), releaseTable(screen.id, START_MS - MINUTE, { coveragePercent: 0, values: [9_000, 9_000, 9_000] })]);
    expect(await sums('gender')).toMatchObject({ windows: 1, unmeasuredWindows: 1, cells: [{ value: 1_000 }, { value: 2_000 }, { value: -500 }] });
  });

  it('of an earlier calibration are not mixed with those of the newest', async () => {
    const zones = (start: number, cells: string[], basis: string) => releaseTable(screen.id, start, { metric: 'zone-reach', unit: 'reaches', cells, values: cells.map(() => 2), basis: [basis] });
    await send([zones(START_MS - 3 * MINUTE, ['bread'], 'floor-00000001'), zones(START_MS - 2 * MINUTE, ['bread', 'cheese'], 'floor-00000002'), zones(START_MS - MINUTE, ['bread', 'cheese'], 'floor-00000002')]);
    expect(await sums('zone-reach')).toMatchObject({ windows: 2, otherWindows: 1, cells: [{ cell: 'bread', value: 4 }, { cell: 'cheese', value: 4 }], basis: ['floor-00000002'] });
  });

  it('count once: a window that is released again, or overlaps with a released one, is kept as evidence and has no effect', async () => {
    const start = START_MS - 10 * MINUTE;
    await send([
      releaseTable(screen.id, start),
      releaseTable(screen.id, start, { values: [7, 7, 7] }),
      releaseTable(screen.id, start - MINUTE, { windowMs: 5 * MINUTE }),
      releaseTable(screen.id, start + 30_000),
      releaseTable(screen.id, start + MINUTE),
    ]);
    expect(await sums('gender')).toMatchObject({ windows: 2, cells: [{ value: 2_000 }, { value: 4_000 }, { value: -1_000 }] });
    expect(await flags()).toEqual([null, 'repeated-cell', 'repeated-cell', 'repeated-cell', null]);
  });

  it('outside of the asked time are left out', async () => {
    await send([releaseTable(screen.id, START_MS - 61 * MINUTE), releaseTable(screen.id, START_MS - 59 * MINUTE)]);
    expect(await sums('gender')).toMatchObject({ windows: 1 });
  });
});

describe('the interval of many cells together', () => {
  it('is wider than that of one, and holds: of a hundred cells, hardly one in twenty tables has any outside', () => {
    const uniform = seededUniform(3n);
    const windows = Array.from({ length: 4 }, () => ({ scale: 10 }));
    const [one, joint] = [halfWidth95(windows), jointHalfWidth95(windows, 100)];
    const scale = { numerator: 10n, denominator: 1n };
    const tables = Array.from({ length: 150 }, () => Array.from({ length: 100 }, () => Math.abs(windows.reduce((sum) => sum + Number(discreteLaplace(scale, uniform)), 0))));
    expect(tables.filter((cells) => cells.some((noise) => noise > one)).length).toBeGreaterThan(140);
    expect(tables.filter((cells) => cells.some((noise) => noise > joint)).length).toBeLessThanOrEqual(12);
    expect(joint).toBeLessThan(3 * one);
  });
});

describe('what follows from two sums', () => {
  const single = (start: number, metric: 'dwell' | 'attention' | 'opportunity', value: number) =>
    releaseTable(screen.id, start, { metric, unit: metric === 'opportunity' ? 'visits' : 's', cells: ['all'], values: [value], perVisit: metric === 'opportunity' ? 1 : 60, epsilonDenominator: 1, basis: [] });

  it('has the interval of both', async () => {
    await send(minutes(20).flatMap((start) => [release(screen.id, start, 'watched', 10), release(screen.id, start, 'passed', 10), single(start, 'dwell', 100), single(start, 'opportunity', 16)]));
    const { visits, ratios } = await report();
    expect(visits).toMatchObject({ visits: { value: 400, plusMinus: 17 }, watched: { value: 200, plusMinus: 12 } });
    expect(ratios.conversion?.value).toBeCloseTo(200 / 320);
    expect(ratios.conversion?.plusMinus).toBeCloseTo(Math.hypot(12, 0.625 * 12) / 320);
    expect(ratios.dwellS?.value).toBeCloseTo(2_000 / 400);
    expect(ratios.attentionS).toBeNull();
  });

  it('is left unsaid where the noise is as large as the sum', async () => {
    await send([release(screen.id, START_MS - MINUTE, 'watched', 3), release(screen.id, START_MS - MINUTE, 'passed', 1), single(START_MS - MINUTE, 'dwell', 30)]);
    expect((await report()).ratios).toEqual({ conversion: null, dwellS: null, attentionS: null });
  });

  it('leaves out visits from before the table began', async () => {
    await send([release(screen.id, START_MS - 3 * MINUTE, 'watched', 1_000), release(screen.id, START_MS - MINUTE, 'watched', 100), release(screen.id, START_MS - MINUTE, 'passed', 100), single(START_MS - MINUTE, 'dwell', 1_000)]);
    expect((await report()).ratios.dwellS?.value).toBeCloseTo(5);
  });
});

describe('the report', () => {
  it('of a screen that released nothing says so', async () => {
    expect(await report()).toMatchObject({ visits: null, tables: [], ratios: { conversion: null } });
  });

  it('of an unknown screen or a silly time is refused', async () => {
    expect(await problemOf(await asManager(test, '/api/screens/nobody/audience'))).toMatchObject({ status: 404, code: 'unknown-screen' });
    expect(await problemOf(await asManager(test, `/api/screens/${screen.id}/audience?minutes=0`))).toMatchObject({ status: 400 });
  });
});
