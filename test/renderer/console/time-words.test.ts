import { describe, expect, it } from 'vitest';
import { agoWords, durationWords, startOfDay } from '../../../renderer/console/words/time.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('times in words', () => {
  it.each([
    [-5 * SECOND, 'just now'],
    [1_400, 'just now'],
    [3 * SECOND, '3 s ago'],
    [MINUTE, '1 min ago'],
    [59 * MINUTE, '59 min ago'],
    [23 * HOUR, '23 h ago'],
    [30 * HOUR, 'yesterday'],
    [72 * HOUR, '3 days ago'],
  ])('%d ms ago', (ms, words) => {
    expect(agoWords(1_000_000_000 - ms, 1_000_000_000)).toBe(words);
  });

  it.each([
    [7_420, '7.4 s'],
    [10_000, '10 s'],
    [120_000, '2 min'],
    [125_000, '2 min 5 s'],
    [3_599_600, '1 h'],
    [24_840_000, '6 h 54 min'],
    [4_000 * 3_600_000, '4,000 h'],
  ])('%d ms long', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  it("takes days in the viewer's zone, with the days on which clocks change", () => {
    expect(startOfDay('2026-03-29')).toBe(new Date(2026, 2, 29).getTime());
    expect(startOfDay('2026-03-29', 1)).toBe(new Date(2026, 2, 30).getTime());
    expect(startOfDay('')).toBeNull();
    expect(startOfDay('yesterday')).toBeNull();
  });
});
