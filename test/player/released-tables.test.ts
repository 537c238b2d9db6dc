import { describe, expect, it } from 'vitest';
import type { ClockReading, ReleaseTable, TableMetric } from '../../src/contract/index.ts';
import type { Permits } from '../../src/player/permits.ts';
import { createReleasedTables, type CalibratedSite } from '../../src/player/released-tables.ts';
import { BOOT_ID } from '../contract/builders.ts';
import { visit } from '../statistics/visits.ts';

const MINUTE = 60_000;
const TEN_OCLOCK = Date.UTC(2026, 10, 22, 10);
const ALL: Permits = { camera: true, demographics: true, expression: true };
const UNCALIBRATED: CalibratedSite = { shelves: [], floorName: null, demographicsName: null };
const CALIBRATED: CalibratedSite = { shelves: ['bread'], floorName: 'floor-1a2b3c4d', demographicsName: 'faceres-2026-11' };
const EVERYTHING: readonly TableMetric[] = ['opportunity', 'age-band', 'gender', 'dwell', 'attention', 'smiling', 'zone-looking', 'zone-reach', 'floor-stay', 'floor-steps'];

function at(minutes: number): ClockReading {
  return { wallMs: TEN_OCLOCK + minutes * MINUTE, monoMs: minutes * MINUTE, quality: 'synced' };
}

/** Noise of an epsilon of 100 hardly ever shows: what was gathered can be read. */
function newTables(metrics: readonly TableMetric[], ledger: Partial<Record<TableMetric, number>> = {}) {
  const now = { permits: ALL, site: CALIBRATED };
  const troubles: (string | null)[] = [];
  const tables = createReleasedTables({ screenId: 'entrance', bootId: BOOT_ID, permits: () => now.permits, site: () => now.site, lastTableEndMs: (metric) => ledger[metric] ?? 0, onTrouble: (message) => troubles.push(message) });
  tables.follow(metrics.map((metric) => ({ metric, windowMs: 15 * MINUTE, epsilonNumerator: 100, epsilonDenominator: 1 })));
  tables.sensor('ok', at(0));
  return { tables, now, troubles };
}

const FLOOR = { cellM: 0.5, columns: 2, rows: 2, stayMs: [0, 0, 0, 0], steps: Array.from({ length: 4 }, (): [number, number, number, number] => [0, 0, 0, 0]) };
const metrics = (released: readonly ReleaseTable[]): TableMetric[] => released.map(({ metric }) => metric);

describe('which tables are released', () => {
  it('are all that the policy lists, each with the nets and calibrations that it rests on', () => {
    const { tables } = newTables(EVERYTHING);
    tables.floor(FLOOR, at(0));
    const released = tables.tick(at(15));
    expect(new Set(metrics(released))).toEqual(new Set(EVERYTHING));
    const basis = Object.fromEntries(released.map((table) => [table.metric, table.basis.join()]));
    expect(basis).toMatchObject({ dwell: '', attention: 'floor-1a2b3c4d', 'age-band': 'faceres,faceres-2026-11', smiling: 'emotion', 'floor-stay': 'floor-1a2b3c4d' });
  });

  it('are none about zones and the floor without a calibration', () => {
    const { tables, now } = newTables(EVERYTHING);
    now.site = UNCALIBRATED;
    tables.floor(FLOOR, at(0));
    expect(metrics(tables.tick(at(15)))).toEqual(['opportunity', 'age-band', 'gender', 'dwell', 'attention', 'smiling']);
  });

  it('are none about age, gender and smiles without a permit for just that', () => {
    const { tables, now } = newTables(['age-band', 'gender', 'smiling', 'dwell']);
    now.permits = { camera: true, demographics: false, expression: false };
    expect(metrics(tables.tick(at(15)))).toEqual(['dwell']);
    now.permits = { camera: true, demographics: false, expression: true };
    tables.tick(at(16));
    expect(metrics(tables.tick(at(30)))).toEqual(['dwell', 'smiling']);
  });

  it('are none that would not fit into a leaf, and people are told', () => {
    const { tables, troubles } = newTables(['floor-stay', 'floor-steps']);
    const cells = 50 * 40;
    tables.floor({ ...FLOOR, columns: 50, rows: 40, stayMs: new Array<number>(cells).fill(0), steps: Array.from({ length: cells }, () => [0, 0, 0, 0]) }, at(0));
    expect(metrics(tables.tick(at(15)))).toEqual(['floor-stay']);
    expect(troubles.at(-1)).toContain('floor-steps');
  });
});

describe('what was gathered is dropped', () => {
  it('when the permit is withdrawn in the middle of a window, and nothing of it comes back with the next one', () => {
    const { tables, now } = newTables(['age-band', 'dwell']);
    tables.visits([visit({ dwellMs: 60_000 })], at(5));
    now.permits = { ...ALL, demographics: false };
    tables.sensor('ok', at(6));
    now.permits = ALL;
    tables.sensor('ok', at(9));
    const [dwell, ages, ...more] = tables.tick(at(15));
    expect(more).toEqual([]);
    expect(dwell?.values[0]).toBeGreaterThan(30);
    expect(ages).toMatchObject({ metric: 'age-band', coveragePercent: 40 });
    expect(ages!.values.every((value) => Math.abs(value) < 500)).toBe(true);
  });

  it('when the permit ends before the window does, even if nobody asked in between', () => {
    const { tables, now } = newTables(['gender']);
    tables.visits([visit()], at(5));
    now.permits = { ...ALL, demographics: false };
    expect(tables.tick(at(15))).toEqual([]);
  });

  it('when the camera was calibrated anew: its cells are others', () => {
    const { tables, now } = newTables(['zone-reach']);
    tables.visits([visit({ zones: [{ id: 'bread', lookingMs: 0, reaches: 3 }] })], at(5));
    now.site = { ...CALIBRATED, shelves: ['bread', 'cheese'], floorName: 'floor-ffffffff' };
    expect(tables.tick(at(15))).toEqual([]);
    expect(tables.tick(at(30))[0]).toMatchObject({ cells: ['bread', 'cheese'], basis: ['floor-ffffffff'] });
  });
});

describe('a window that the log has', () => {
  it('is not released again after a restart', () => {
    const { tables } = newTables(['dwell', 'attention'], { dwell: at(30).wallMs });
    expect(metrics(tables.tick(at(15)))).toEqual(['attention']);
    expect(metrics(tables.tick(at(30)))).toEqual(['attention']);
    expect(metrics(tables.tick(at(45)))).toEqual(['dwell', 'attention']);
  });
});
