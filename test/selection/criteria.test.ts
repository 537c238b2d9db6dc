import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../src/contract/index.ts';
import { CriteriaMemory } from '../../src/selection/index.ts';
import { audience, people } from '../programme-fixture.ts';

const two: Criterion = { metric: 'present', condition: 'at-least', value: 2 };
const nobody: Criterion = { metric: 'present', condition: 'at-most', value: 0 };
const adults: Criterion = { metric: 'age:25-44', condition: 'at-least', value: 50 };

function memory(): CriteriaMemory {
  return new CriteriaMemory({ enterMs: 500, leaveMs: 2_000 });
}

describe('a criterion', () => {
  it('counts only after it held for the entry time', () => {
    const criteria = memory();
    criteria.update([two], people(2, 0));
    criteria.update([two], people(2, 499));
    expect(criteria.holds(two)).toBe(false);
    criteria.update([two], people(2, 500));
    expect(criteria.holds(two)).toBe(true);
  });

  it('survives a gap shorter than the leaving time, and starts its entry anew after a flicker', () => {
    const criteria = memory();
    criteria.update([two], people(2, 0));
    criteria.update([two], people(1, 300));
    criteria.update([two], people(2, 600));
    expect(criteria.holds(two)).toBe(false);
    criteria.update([two], people(2, 1_100));
    criteria.update([two], people(0, 1_200));
    criteria.update([two], people(0, 3_199));
    expect(criteria.holds(two)).toBe(true);
    criteria.update([two], people(0, 3_200));
    expect(criteria.holds(two)).toBe(false);
  });

  it('never takes a blind camera for an empty shop', () => {
    const criteria = memory();
    for (const atMs of [0, 1_000, 10_000]) criteria.update([nobody], audience({ atMs, sensor: 'blind' }));
    expect(criteria.holds(nobody)).toBe(false);
    for (const atMs of [20_000, 21_000]) criteria.update([nobody], audience({ atMs }));
    expect(criteria.holds(nobody)).toBe(true);
  });

  it('reads shares of the people present, and no share of nobody', () => {
    const criteria = memory();
    const half = { '18-24': 0, '25-44': 1, '45-64': 0, '65+': 0, unknown: 1 };
    for (const atMs of [0, 1_000]) criteria.update([adults], people(2, atMs, { ages: half }));
    expect(criteria.holds(adults)).toBe(true);
    for (const atMs of [2_000, 9_000]) criteria.update([adults], people(0, atMs));
    expect(criteria.holds(adults)).toBe(false);
  });
});
