import { describe, expect, it } from 'vitest';
import type { Criterion, Reason } from '../../../src/contract/index.ts';
import { reasonWords } from '../../../renderer/console/words/reason.ts';

const because = (...criteria: Criterion[]): string => reasonWords({ kind: 'audience', tier: 'audience', criteria });

describe('the reason of a play, in words', () => {
  it.each<[Criterion['metric'], Criterion['condition'], number, string]>([
    ['present', 'at-least', 1, 'somebody is here'],
    ['present', 'at-least', 2, 'two or more people are here'],
    ['present', 'at-least', 15, '15 or more people are here'],
    ['present', 'at-most', 0, 'nobody is here'],
    ['present', 'at-most', 1, 'at most one person is here'],
    ['watching', 'at-least', 3, 'three or more people are watching'],
    ['watching', 'at-most', 4, 'at most four people are watching'],
    ['dwell', 'at-least', 8_000, 'somebody has stayed for 8 s or longer'],
    ['attention', 'at-most', 2_500, 'nobody has watched longer than 2.5 s'],
    ['age:25-44', 'at-least', 60, 'at least 60 % of the people here are probably 25 to 44 years old'],
    ['age:65+', 'at-most', 20, 'at most 20 % of the people here are probably 65 or older'],
    ['gender:female', 'at-least', 50, 'at least 50 % of the people here are probably women'],
  ])('%s %s %d', (metric, condition, value, words) => {
    expect(because({ metric, condition, value })).toBe(words);
  });

  it('joins several criteria', () => {
    expect(because({ metric: 'present', condition: 'at-least', value: 2 }, { metric: 'dwell', condition: 'at-least', value: 5_000 })).toBe(
      'two or more people are here and somebody has stayed for 5 s or longer',
    );
  });

  it.each<[Reason['kind'], Reason['tier'], string]>([
    ['rotation', 'house', 'it was due again'],
    ['booked', 'contract', 'it is booked'],
    ['booked', 'override', 'it overrides everything else'],
    ['house', 'house', 'nothing more specific applied'],
    ['audience', 'audience', 'it suits any audience'],
  ])('%s in tier %s', (kind, tier, words) => {
    expect(reasonWords({ kind, tier, criteria: [] })).toBe(words);
  });
});

it('says of which creative a fallback took the place, and why', () => {
  expect(reasonWords({ kind: 'booked', tier: 'contract', criteria: [], insteadOf: { creativeId: 'menu', code: 'load' } })).toBe('it is booked, in place of menu, which could not be shown (load)');
});
