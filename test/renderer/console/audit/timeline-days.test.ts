import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '../../../../src/contract/index.ts';
import { type Day, dayName, daysUpTo, gapsBetween, marksOf, showingIn } from '../../../../renderer/console/audit/timeline/days.ts';

const HOUR = 3_600_000;
const day: Day = { name: '2026-05-04', fromMs: 0, toMs: 24 * HOUR };
const entry = (kind: TimelineEntry['kind'], atMs: number, durationMs: number | null = null): TimelineEntry => ({ kind, atMs, durationMs, epoch: null, seq: null, text: '', clock: 'synced' });

describe('the days of a timeline', () => {
  it("are the viewer's, newest first, over months and over the days on which clocks change", () => {
    const days = daysUpTo('2026-03-30', 3);
    expect(days.map(({ name }) => name)).toEqual(['2026-03-30', '2026-03-29', '2026-03-28']);
    expect(days[1]?.toMs).toBe(days[0]?.fromMs);
    expect(daysUpTo('2026-05-01', 2)[1]?.name).toBe('2026-04-30');
    expect(dayName(new Date(2026, 4, 4, 23, 59).getTime())).toBe('2026-05-04');
  });

  it('are none for what is not a day', () => {
    expect(daysUpTo('soon', 7)).toEqual([]);
  });

  it('show what touches them, cut off at midnight, moments above what lasts', () => {
    const marks = marksOf(day, [entry('restart', 6 * HOUR), entry('gap', -2 * HOUR, 8 * HOUR), entry('fault', 24 * HOUR), entry('gap', -3 * HOUR, HOUR), entry('blind', 18 * HOUR, 12 * HOUR)]);
    expect(marks.map(({ entry: { kind }, leftPercent, widthPercent }) => [kind, leftPercent, widthPercent])).toEqual([
      ['gap', 0, 25],
      ['blind', 75, 25],
      ['restart', 25, 0],
    ]);
  });

  it('are filled from the first play to the end of the last, and nowhere else', () => {
    expect(showingIn(day, { showing: { fromMs: 6 * HOUR, toMs: 12 * HOUR } })).toEqual({ leftPercent: 25, widthPercent: 25 });
    expect(showingIn(day, { showing: { fromMs: 18 * HOUR, toMs: 25 * HOUR } })).toEqual({ leftPercent: 75, widthPercent: 25 });
    expect(showingIn(day, { showing: null })).toBeNull();
  });

  it('have a gap between them from the last play of one to the first play of the next that had any', () => {
    const shown = (fromMs: number, toMs: number) => ({ showing: { fromMs, toMs } });
    const gaps = gapsBetween([shown(55 * HOUR, 60 * HOUR), { showing: null }, shown(7 * HOUR, 21 * HOUR), shown(-10 * HOUR, 7 * HOUR - 1_000)]);
    expect(gaps).toEqual([expect.objectContaining({ kind: 'gap', atMs: 21 * HOUR, durationMs: 34 * HOUR })]);
  });
});
