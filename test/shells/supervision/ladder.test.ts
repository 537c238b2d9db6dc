import { describe, expect, it } from 'vitest';
import { createLadder } from '../../../src/shells/supervision/ladder.ts';

/** Steps with their times while the stage stays sick, looked at twice a second. */
function climb(forMs: number, from: 'reload' | 'reopen' = 'reload'): string[] {
  const ladder = createLadder(0);
  const steps: string[] = [];
  for (let nowMs = 20_000; nowMs < 20_000 + forMs; nowMs += 500) {
    const step = ladder.sick(nowMs, from);
    if (step !== null) steps.push(`${step} at ${(nowMs - 20_000) / 1_000} s`);
  }
  return steps;
}

describe('the ladder', () => {
  it('gives the first start its time', () => {
    const ladder = createLadder(1_000);
    expect(ladder.sick(20_500, 'reload')).toBeNull();
    expect(ladder.sick(21_000, 'reload')).toBe('reload');
  });

  it('goes from the gentlest step to leaving, and gives each its time to work', () => {
    expect(climb(60_000)).toEqual(['reload at 0 s', 'reopen at 5 s', 'reopen at 20 s', 'leave at 50 s']);
  });

  it('does not reload a page that would not answer', () => {
    expect(climb(10_000, 'reopen')).toEqual(['reopen at 0 s']);
  });

  it('goes on from the bottom, slowly, when leaving was not granted', () => {
    expect(climb(170_000).slice(3)).toEqual(['leave at 50 s', 'reload at 110 s', 'reopen at 115 s', 'reopen at 130 s', 'leave at 160 s']);
  });

  it('begins at the bottom again once a picture stood for five seconds', () => {
    const ladder = createLadder(0);
    expect(ladder.sick(20_000, 'reload')).toBe('reload');
    for (let nowMs = 22_000; nowMs <= 27_000; nowMs += 500) ladder.well(nowMs);
    expect(ladder.sick(27_500, 'reload')).toBe('reload');
  });

  it('takes a picture that only flickers up for no success', () => {
    const ladder = createLadder(0);
    expect(ladder.sick(20_000, 'reload')).toBe('reload');
    ladder.well(22_000);
    expect(ladder.sick(22_500, 'reload')).toBe('reopen');
  });

  it('leaves when a page comes back each time and dies every nine seconds for ten minutes', () => {
    const ladder = createLadder(0);
    const steps: (string | null)[] = [];
    for (let nowMs = 20_000; nowMs < 620_000; nowMs += 9_000) {
      steps.push(ladder.sick(nowMs, 'reopen'));
      for (let wellMs = nowMs + 1_000; wellMs <= nowMs + 8_000; wellMs += 500) ladder.well(wellMs);
    }
    expect(steps.indexOf('leave')).toBe(60);
    expect(steps.slice(0, 60)).toEqual(Array(60).fill('reopen'));
  });
});
