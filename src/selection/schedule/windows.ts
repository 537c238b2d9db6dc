import { Temporal } from 'temporal-polyfill';
import { WEEKDAYS, type Daypart, type ScheduleRule } from '../../contract/index.ts';
import { firstShownMs, lastShownMs } from './civil-time.ts';

/** A stretch of real time in which a rule holds: from the start on, the end does not belong to it. */
export interface Window {
  readonly startMs: number;
  readonly endMs: number;
  readonly rule: ScheduleRule;
  readonly daypart: Daypart | null;
  /** The day it belongs to: that on which it starts. */
  readonly day: Temporal.PlainDate;
}

const MIDNIGHT = new Temporal.PlainTime();

/**
 * The windows of a rule that belong to one day. A window reaches from the first instant at which the clock shows its start to
 * the last at which it shows its end, so it neither stops nor runs twice when the clocks go back. One that lies in the hour that
 * they leave out has no time, and is none.
 */
export function windowsOf(rule: ScheduleRule, day: Temporal.PlainDate, timeZone: string): readonly Window[] {
  if (!isDayOf(rule, day)) return [];
  return (rule.dayparts ?? [null])
    .map((daypart) => ({ ...boundsOf(daypart, day, timeZone), rule, daypart, day }))
    .filter(({ startMs, endMs }) => startMs < endMs);
}

function isDayOf({ from, until, weekdays }: ScheduleRule, day: Temporal.PlainDate): boolean {
  const date = day.toString();
  if ((from !== undefined && date < from) || (until !== undefined && date > until)) return false;
  return weekdays === undefined || weekdays.includes(WEEKDAYS[day.dayOfWeek - 1] ?? 'monday');
}

function boundsOf(daypart: Daypart | null, day: Temporal.PlainDate, timeZone: string): { startMs: number; endMs: number } {
  if (daypart === null) return { startMs: firstShownMs(day.toPlainDateTime(), timeZone), endMs: firstShownMs(day.add({ days: 1 }).toPlainDateTime(), timeZone) };
  const { from, to } = daypart;
  const endsNextDay = to === '24:00' || to <= from;
  const end = (endsNextDay ? day.add({ days: 1 }) : day).toPlainDateTime(to === '24:00' ? MIDNIGHT : Temporal.PlainTime.from(to));
  const startMs = firstShownMs(day.toPlainDateTime(Temporal.PlainTime.from(from)), timeZone);
  return { startMs, endMs: lastShownMs(end, timeZone) };
}
