import { describe, expect, it } from 'vitest';
import type { Criterion } from '../../src/contract/index.ts';
import { CriteriaMemory } from '../../src/selection/index.ts';
import { audience, people } from '../programme-fixture.ts';

const two: Criterion = { metric: 'present', condition: 'at-least', value: 2 };
const nobody: Criterion = { metric: 'present', condition: 'at-most', value: 0 };
const adults: Criterion = { metric: 'age:25-44', condition: 'at-least', value: 50 };

function memory(): CriteriaMemory {
  const criteria = new CriteriaMemory();
  criteria.follow([two, nobody, adults], { enterMs: 500, leaveMs: 2_000 });
  return criteria;
}

describe('a criterion', () => {
  it('counts only after it held for the entry time', () => {
    const criteria = memory();
    criteria.update(people(2, 0));
    criteria.update(people(2, 499));
    expect(criteria.holds(two)).toBe(false);
    criteria.update(people(2, 500));
    expect(criteria.holds(two)).toBe(true);
  });

  it('survives a gap shorter than the leaving time, and starts its entry anew after a flicker', () => {
    const criteria = memory();
    criteria.update(people(2, 0));
    criteria.update(people(1, 300));
    criteria.update(people(2, 600));
    expect(criteria.holds(two)).toBe(false);
    criteria.update(people(2, 1_100));
    criteria.update(people(0, 1_200));
    criteria.update(people(0, 3_199));
    expect(criteria.holds(two)).toBe(true);
    criteria.update(people(0, 3_200));
    expect(criteria.holds(two)).toBe(false);
  });

  it('never takes a blind camera for an empty shop', () => {
    const criteria = memory();
    for (const atMs of [0, 1_000, 10_000]) criteria.update(audience({ atMs, sensor: 'blind' }));
    expect(criteria.holds(nobody)).toBe(false);
    for (const atMs of [20_000, 21_000]) criteria.update(audience({ atMs }));
    expect(criteria.holds(nobody)).toBe(true);
  });

  it('reads shares of the people present, and no share of nobody', () => {
    const criteria = memory();
    const half = { '18-24': 0, '25-44': 1, '45-64': 0, '65+': 0, unknown: 1 };
    for (const atMs of [0, 1_000]) criteria.update(people(2, atMs, { ages: half }));
    expect(criteria.holds(adults)).toBe(true);
    for (const atMs of [2_000, 9_000]) criteria.update(people(0, atMs));
    expect(criteria.holds(adults)).toBe(false);
  });

  it('is forgotten when the programme no longer asks for it', () => {
    const criteria = memory();
    for (const atMs of [0, 1_000]) criteria.update(people(2, atMs));
    expect(criteria.holds(two)).toBe(true);
    criteria.follow([nobody], { enterMs: 500, leaveMs: 2_000 });
    criteria.follow([two], { enterMs: 500, leaveMs: 2_000 });
    expect(criteria.holds(two)).toBe(false);
  });

  it('does not take unknown for none: without demographics no share was measured', () => {
    const fewMen: Criterion = { metric: 'gender:male', condition: 'at-most', value: 20 };
    const criteria = memory();
    criteria.follow([fewMen], { enterMs: 0, leaveMs: 0 });
    criteria.update(people(3, 1_000));
    expect(criteria.holds(fewMen)).toBe(false);
    criteria.update(people(3, 2_000, { genders: { female: 2, male: 0, unknown: 1 } }));
    expect(criteria.holds(fewMen)).toBe(true);
  });
});
