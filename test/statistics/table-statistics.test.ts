import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releaseTableSchema, TABLE_METRICS, tableMetricSchema, type ClockReading, type FloorSums, type ReleaseTable, type TableMetric } from '../../src/contract/index.ts';
import { createTableStatistics, cryptoUniform, type TableStatistics, type TableStatisticsOptions } from '../../src/statistics/index.ts';
import { BOOT_ID } from '../contract/builders.ts';
import { seededUniform } from './uniform-sources.ts';
import { anyVisit, quiet, visit } from './visits.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const TEN_OCLOCK = Date.UTC(2026, 10, 22, 10);
const SITE = { shelves: ['bread', 'cheese'], floor: { columns: 3, rows: 2 } };
const VISIT_METRICS = tableMetricSchema.options.filter((metric) => !metric.startsWith('floor-'));

/** Clock readings as minutes after ten, by a player that started at ten. */
function at(minutes: number): ClockReading {
  return { wallMs: TEN_OCLOCK + minutes * MINUTE, monoMs: minutes * MINUTE, quality: 'synced' };
}

function newTable(metric: TableMetric, fields: Partial<TableStatisticsOptions> & { windowMs?: number } = {}): TableStatistics {
  return createTableStatistics({
    policy: { metric, windowMs: fields.windowMs ?? QUARTER, epsilonNumerator: 1, epsilonDenominator: 1 },
    site: SITE,
    basis: ['floor-1a2b3c4d'],
    uniform: quiet,
    screenId: 'entrance',
    bootId: BOOT_ID,
    lastWindowEndMs: 0,
    ...fields,
  });
}

function floor(over: Partial<FloorSums> = {}): FloorSums {
  return { cellM: 0.5, columns: 3, rows: 2, stayMs: [0, 0, 0, 0, 0, 0], steps: Array.from({ length: 6 }, () => [0, 0, 0, 0] as [number, number, number, number]), ...over };
}

/** The values of the one window from ten to a quarter past. */
function released(metric: TableMetric, gather: (table: TableStatistics) => void, fields: Partial<TableStatisticsOptions> = {}): ReleaseTable {
  const table = newTable(metric, fields);
  table.sensor('ok', at(0));
  gather(table);
  return table.tick(at(15))[0]!;
}

function byCell({ cells, values }: ReleaseTable): Record<string, number> {
  return Object.fromEntries(cells.map((cell, index) => [cell, values[index]!]));
}

describe('a table', () => {
  it.each(tableMetricSchema.options)('of %s is released once when its window is over, also when nobody came, as a valid leaf', (metric) => {
    const table = newTable(metric, { uniform: cryptoUniform });
    table.sensor('ok', at(0));
    expect(table.tick(at(14.9))).toEqual([]);
    const [leaf, ...more] = table.tick(at(15));
    expect(more).toEqual([]);
    expect(releaseTableSchema.parse(leaf)).toEqual(leaf);
    expect(leaf).toMatchObject({ metric, unit: TABLE_METRICS[metric].unit, perVisit: TABLE_METRICS[metric].perVisit, windowStartMs: TEN_OCLOCK, coveragePercent: 100, basis: ['floor-1a2b3c4d'] });
    expect(table.tick(at(15.1))).toEqual([]);
  });

  it('says of age what may be said: expected visits per band, and of people under 18 no more than that', () => {
    const groups = { ...visit().groups, bands: [0.2, 0.1, 0.3, 0.2, 0.1, 0, 0], bandUnknown: 0.1 };
    const table = released('age-band', (open) => open.visitEnded(visit({ groups }), at(1)));
    expect(byCell(table)).toEqual({ '0-17': 200, '18-24': 100, '25-34': 300, '35-44': 200, '45-54': 100, '55-64': 0, '65+': 0, unknown: 100 });
  });

  it('says where people looked and reached, shelf by shelf', () => {
    const zones = [{ id: 'cheese', lookingMs: 4_000, reaches: 2 }, { id: 'taken-down', lookingMs: 9_000, reaches: 9 }];
    const gather = (open: TableStatistics): void => open.visitEnded(visit({ zones }), at(1));
    expect(byCell(released('zone-looking', gather))).toEqual({ bread: 0, cheese: 4 });
    expect(byCell(released('zone-reach', gather))).toEqual({ bread: 0, cheese: 2 });
  });

  it('says how long people stood in each cell of the floor, and where they went', () => {
    const gather = (open: TableStatistics): void => {
      open.floor(floor({ stayMs: [0, 700, 0, 0, 0, 2_000], steps: [[0, 2, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]] }), at(1));
      open.floor(floor({ stayMs: [0, 800, 0, 0, 0, 0] }), at(2));
      open.visitEnded(visit(), at(3));
    };
    expect(byCell(released('floor-stay', gather))).toEqual({ c0r0: 0, c1r0: 2, c2r0: 0, c0r1: 0, c1r1: 0, c2r1: 2 });
    const steps = byCell(released('floor-steps', gather));
    expect(Object.entries(steps).filter(([, value]) => value !== 0)).toEqual([['c0r0-right', 2], ['c1r0-far', 1]]);
    expect(Object.keys(steps)).toHaveLength(24);
  });

  it('takes no floor of another size: its cells are fixed before anybody came', () => {
    expect(() => newTable('floor-stay').floor(floor({ columns: 2 }), at(1))).toThrow(RangeError);
  });

  it('says how much of the window was measured', () => {
    const table = newTable('dwell');
    table.sensor('ok', at(0));
    table.sensor('blind', at(3));
    expect(table.tick(at(15))[0]?.coveragePercent).toBe(20);
  });
});

describe('one visit', () => {
  it.each(VISIT_METRICS)('adds no more to %s than the noise was made for, whatever it was', (metric) => {
    fc.assert(
      fc.property(anyVisit(SITE.shelves), fc.bigInt({ min: 0n, max: 999_999n }), (guest, draw) => {
        const uniform = (below: bigint): bigint => (below === 1_000_000n ? draw : quiet(below));
        const { values } = released(metric, (open) => open.visitEnded(guest, at(1)), { uniform });
        expect(values.every((value) => value >= 0)).toBe(true);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(TABLE_METRICS[metric].perVisit);
      }),
      { numRuns: 300 },
    );
  });

  it('counts in one window alone', () => {
    const table = newTable('opportunity');
    table.sensor('ok', at(0));
    table.visitEnded(visit(), at(14));
    const both = [...table.tick(at(15)), ...table.tick(at(30))];
    expect(both.map(({ values }) => values)).toEqual([[1], [0]]);
  });
});

describe('the noise', () => {
  it('leaves sums unbiased, and has the spread of scale perVisit / epsilon in every cell', () => {
    const uniform = seededUniform(7n);
    const windows = 1_500;
    const seen = Array.from({ length: windows }, () => released('zone-reach', (open) => open.visitEnded(visit({ zones: [{ id: 'bread', lookingMs: 0, reaches: 2 }] }), at(1)), { uniform }).values);
    // Scale 3 / 1. Variance 2a / (1 - a)², a = e^(-1/3) (arXiv 2004.00010, section 4).
    const a = Math.exp(-1 / 3);
    const variance = (2 * a) / (1 - a) ** 2;
    for (const [cell, truth] of [2, 0].entries()) {
      const values = seen.map((row) => row[cell]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / windows;
      const spread = values.reduce((sum, value) => sum + (value - truth) ** 2, 0) / windows;
      expect(Math.abs(mean - truth)).toBeLessThan(5 * Math.sqrt(variance / windows));
      expect(spread / variance).toBeGreaterThan(0.75);
      expect(spread / variance).toBeLessThan(1.3);
    }
  });

  it('is drawn for the floor in milliseconds and rounded afterwards', () => {
    // The draw below 60 000 is the noise's remainder: the scale is 60 s, in ms.
    const noisy = (ms: bigint, sign: bigint) => (below: bigint): bigint => (below === 2n ? sign : below === 60_000n ? ms : below - 1n);
    const value = (ms: bigint, sign: bigint) => released('floor-stay', () => undefined, { uniform: noisy(ms, sign), site: { shelves: [], floor: { columns: 1, rows: 1 } } }).values[0];
    expect([value(1_499n, 1n), value(1_500n, 1n), value(59_999n, 1n)]).toEqual([1, 2, 60]);
  });
});

describe('no window of a table is drawn twice', () => {
  it('whatever the clock does and however often the player dies', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(3 * QUARTER) }) },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('visit' as const) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('set clock' as const), byMs: fc.integer({ min: -4 * QUARTER, max: 4 * QUARTER }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), windowMs: fc.constantFrom(MINUTE, QUARTER, 7 * MINUTE, 60 * MINUTE) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        let table = newTable('opportunity');
        let wallMs = TEN_OCLOCK;
        let monoMs = 0;
        let visits = 0;
        const ledger: ReleaseTable[] = [];
        const now = (): ClockReading => ({ wallMs, monoMs, quality: 'synced' });
        for (const each of steps) {
          if (each.kind === 'wait') {
            wallMs += each.ms;
            monoMs += each.ms;
          } else if (each.kind === 'visit') {
            table.visitEnded(visit(), now());
            visits++;
          } else if (each.kind === 'set clock') wallMs += each.byMs;
          else {
            const newest = ledger.at(-1);
            monoMs = 0;
            table = newTable('opportunity', { windowMs: each.windowMs, lastWindowEndMs: newest ? newest.windowStartMs + newest.windowMs : 0 });
          }
          ledger.push(...table.tick(now()));
        }
        ledger.forEach((leaf, index) => {
          const before = ledger[index - 1];
          expect(leaf.windowStartMs).toBeGreaterThanOrEqual(before ? before.windowStartMs + before.windowMs : 0);
        });
        expect(ledger.reduce((sum, { values }) => sum + (values[0] ?? 0), 0)).toBeLessThanOrEqual(visits);
      }),
      { numRuns: 200 },
    );
  });
});
