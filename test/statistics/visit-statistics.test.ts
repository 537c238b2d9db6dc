import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { releaseSchema, type ClockReading, type Release, type Visit } from '../../src/contract/index.ts';
import { createVisitStatistics, cryptoUniform, type Uniform, type VisitStatistics } from '../../src/statistics/index.ts';
import { BOOT_ID } from '../contract/builders.ts';
import { noNoise } from './uniform-sources.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const TEN_OCLOCK = Date.UTC(2026, 10, 22, 10);

/** Clock readings as minutes after ten, by a player that started at ten. */
function at(minutes: number): ClockReading {
  return { wallMs: TEN_OCLOCK + minutes * MINUTE, monoMs: minutes * MINUTE + 0.25, quality: 'synced' };
}

function visit(watcher: boolean): Visit {
  const nobodyKnows = { bands: [0, 0, 0, 0, 0, 0, 0], bandUnknown: 1, ages: { '18-24': 0, '25-44': 0, '45-64': 0, '65+': 0, unknown: 1 }, genders: { female: 0, male: 0, unknown: 1 } };
  return { enterMs: 0, leaveMs: 4_000, dwellMs: 4_000, attentionMs: watcher ? 2_000 : 0, watcher, opportunityToSee: false, distanceM: null, smilingMs: null, zones: [], groups: nobodyKnows };
}

function newStatistics(fields: { lastWindowEndMs?: number; uniform?: Uniform; windowMs?: number } = {}): VisitStatistics {
  return createVisitStatistics({
    policy: { windowMs: fields.windowMs ?? QUARTER, epsilonNumerator: 1, epsilonDenominator: 1 },
    uniform: fields.uniform ?? noNoise,
    screenId: 'entrance',
    bootId: BOOT_ID,
    lastWindowEndMs: fields.lastWindowEndMs ?? 0,
  });
}

function brief(releases: readonly Release[]): unknown[] {
  return releases.map((cell) => [new Date(cell.windowStartMs).toISOString().slice(11, 16), cell.bucket, cell.value, cell.coveragePercent]);
}

describe('a window', () => {
  it('is released when it is over: each bucket once, as a valid leaf', () => {
    const statistics = newStatistics();
    statistics.sensor('ok', at(0));
    statistics.visitEnded(visit(true), at(3));
    statistics.visitEnded(visit(false), at(4));
    statistics.visitEnded(visit(true), at(14));
    expect(statistics.tick(at(14.9))).toEqual([]);
    const releases = statistics.tick(at(15));
    expect(brief(releases)).toEqual([['10:00', 'watched', 2, 100], ['10:00', 'passed', 1, 100]]);
    for (const release of releases) expect(releaseSchema.parse(release)).toEqual(release);
    expect(statistics.tick(at(15.1))).toEqual([]);
  });

  it('is released also when nobody came: silence would say just that', () => {
    const statistics = newStatistics();
    statistics.sensor('ok', at(0));
    statistics.tick(at(15));
    expect(brief(statistics.tick(at(30)))).toEqual([['10:15', 'watched', 0, 100], ['10:15', 'passed', 0, 100]]);
  });

  it('takes a visit that becomes known at its end, in the next one', () => {
    const statistics = newStatistics();
    statistics.sensor('ok', at(0));
    statistics.visitEnded(visit(true), at(15));
    expect(brief(statistics.tick(at(15)))).toEqual([['10:00', 'watched', 0, 100], ['10:00', 'passed', 0, 100]]);
    expect(brief(statistics.tick(at(30)))).toEqual([['10:15', 'watched', 1, 100], ['10:15', 'passed', 0, 100]]);
  });

  it('lies on the same grid for every screen, whenever the player started', () => {
    const statistics = newStatistics({ windowMs: 10_000 });
    statistics.sensor('ok', { wallMs: TEN_OCLOCK + 3_456, monoMs: 17, quality: 'synced' });
    const [first] = statistics.tick({ wallMs: TEN_OCLOCK + 10_001, monoMs: 6_562, quality: 'synced' });
    expect(first).toMatchObject({ windowStartMs: TEN_OCLOCK, windowMs: 10_000, coveragePercent: 65 });
  });
});

describe('coverage', () => {
  it('is the share of the window in which the camera could be believed', () => {
    const statistics = newStatistics();
    statistics.sensor('ok', at(0));
    statistics.sensor('blind', at(5));
    statistics.sensor('absent', at(7));
    statistics.sensor('ok', at(12));
    expect(brief(statistics.tick(at(15)))).toEqual([['10:00', 'watched', 0, 53], ['10:00', 'passed', 0, 53]]);
  });

  it('is 0 when nothing was measured', () => {
    const statistics = newStatistics();
    statistics.tick(at(0));
    expect(brief(statistics.tick(at(15)))).toEqual([['10:00', 'watched', 0, 0], ['10:00', 'passed', 0, 0]]);
  });

  it('says that the player was not there from the start', () => {
    const statistics = newStatistics();
    statistics.sensor('ok', at(12));
    expect(brief(statistics.tick(at(15)))).toEqual([['10:00', 'watched', 0, 20], ['10:00', 'passed', 0, 20]]);
  });

  it('is shared between two windows when a call comes late', () => {
    const statistics = newStatistics();
    statistics.sensor('ok', at(10));
    expect(brief(statistics.tick(at(20)))[0]).toEqual(['10:00', 'watched', 0, 33]);
    expect(brief(statistics.tick(at(30)))[0]).toEqual(['10:15', 'watched', 0, 100]);
  });
});

describe('no cell is drawn twice', () => {
  it('after a restart in a window that was released', () => {
    const statistics = newStatistics({ lastWindowEndMs: at(15).wallMs });
    statistics.sensor('ok', at(10));
    statistics.visitEnded(visit(true), at(11));
    expect(statistics.tick(at(15))).toEqual([]);
    expect(brief(statistics.tick(at(30)))).toEqual([['10:15', 'watched', 0, 100], ['10:15', 'passed', 0, 100]]);
  });

  it('when the clock is set back: visits of a released time are dropped until it is over', () => {
    const statistics = newStatistics();
    statistics.sensor('ok', at(0));
    statistics.visitEnded(visit(true), at(1));
    statistics.tick(at(15));
    statistics.visitEnded(visit(true), at(2));
    expect(statistics.tick(at(14))).toEqual([]);
    expect(statistics.lastWindowEndMs).toBe(at(15).wallMs);
    expect(brief(statistics.tick(at(15)))).toEqual([]);
  });

  it('when the new windows are longer and would reach over released ones', () => {
    const statistics = newStatistics({ windowMs: 60 * MINUTE, lastWindowEndMs: at(15).wallMs });
    statistics.sensor('ok', at(20));
    statistics.visitEnded(visit(true), at(30));
    expect(statistics.tick(at(60))).toEqual([]);
    expect(brief(statistics.tick(at(120)))).toEqual([['11:00', 'watched', 0, 100], ['11:00', 'passed', 0, 100]]);
  });

  it('when the clock leaps from 1970 to today: the years between were not run, so they are not released', () => {
    const statistics = newStatistics();
    statistics.sensor('ok', { wallMs: 5_000, monoMs: 0, quality: 'unsynced' });
    const releases = statistics.tick({ wallMs: TEN_OCLOCK, monoMs: 1_000, quality: 'synced' });
    expect(releases.map((cell) => [cell.windowStartMs, cell.coveragePercent])).toEqual([[0, 0], [0, 0]]);
    expect(brief(statistics.tick(at(15)))).toEqual([['10:00', 'watched', 0, 100], ['10:00', 'passed', 0, 100]]);
  });

  it('whatever the clock does and however often the player dies; and no visit is counted twice', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(3 * QUARTER) }) },
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('visit' as const), watcher: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('set clock' as const), byMs: fc.integer({ min: -4 * QUARTER, max: 4 * QUARTER }) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), windowMs: fc.constantFrom(MINUTE, QUARTER, 7 * MINUTE, 60 * MINUTE) }) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let statistics = newStatistics();
        let wallMs = TEN_OCLOCK;
        let monoMs = 0;
        let visits = 0;
        const ledger: Release[] = [];
        const now = (): ClockReading => ({ wallMs, monoMs, quality: 'synced' });
        statistics.sensor('ok', now());
        for (const each of steps) {
          if (each.kind === 'wait') {
            wallMs += each.ms;
            monoMs += each.ms;
          } else if (each.kind === 'visit') {
            statistics.visitEnded(visit(each.watcher), now());
            visits++;
          } else if (each.kind === 'set clock') wallMs += each.byMs;
          else {
            const newest = ledger.at(-1);
            monoMs = 0;
            statistics = newStatistics({ windowMs: each.windowMs, lastWindowEndMs: newest ? newest.windowStartMs + newest.windowMs : 0 });
            statistics.sensor('ok', now());
          }
          ledger.push(...statistics.tick(now()));
        }
        const watched = ledger.filter((cell) => cell.bucket === 'watched');
        expect(ledger.length).toBe(watched.length * 2);
        watched.forEach((cell, index) => {
          const before = watched[index - 1];
          expect(cell.windowStartMs >= (before ? before.windowStartMs + before.windowMs : 0)).toBe(true);
        });
        expect(ledger.reduce((sum, cell) => sum + cell.value, 0)).toBeLessThanOrEqual(visits);
        expect(ledger.every((cell) => releaseSchema.safeParse(cell).success)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what leaves', () => {
  it('has noise on it: the same hour, counted by many screens, does not read the same', () => {
    const values = new Set<number>();
    for (let n = 0; n < 60; n++) {
      const statistics = newStatistics({ uniform: cryptoUniform });
      statistics.sensor('ok', at(0));
      for (let guest = 0; guest < 5; guest++) statistics.visitEnded(visit(true), at(1));
      values.add(statistics.tick(at(15))[0]!.value);
    }
    expect(values.size).toBeGreaterThan(2);
  });

  it('draws its noise at the policy’s epsilon: 1/2 means scale 2', () => {
    const asked: bigint[] = [];
    const uniform: Uniform = (below) => {
      asked.push(below);
      return below - 1n;
    };
    const statistics = createVisitStatistics({ policy: { windowMs: QUARTER, epsilonNumerator: 1, epsilonDenominator: 2 }, uniform, screenId: 'entrance', bootId: BOOT_ID, lastWindowEndMs: 0 });
    statistics.tick(at(0));
    statistics.tick(at(15));
    // The sign, then the remainder below the denominator of 1/scale.
    expect(asked.slice(0, 2)).toEqual([2n, 2n]);
  });
});
