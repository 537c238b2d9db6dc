import type { Temporal } from 'temporal-polyfill';

/**
 * The first instant at which a clock on the wall in `timeZone` shows `time` of that day or later, ms since 1970. A time that the
 * clocks leave out in spring begins where they go on; of one that they show twice in autumn it is the first.
 */
export function firstShownMs(time: Temporal.PlainDateTime, timeZone: string): number {
  const earlier = time.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return earlier.toPlainDateTime().equals(time) ? earlier.epochMilliseconds : endOfGapMs(earlier);
}

/** The last instant at which the clock shows `time`; the end of the gap for a time that is left out. */
export function lastShownMs(time: Temporal.PlainDateTime, timeZone: string): number {
  const later = time.toZonedDateTime(timeZone, { disambiguation: 'later' });
  return later.toPlainDateTime().equals(time) ? later.epochMilliseconds : endOfGapMs(time.toZonedDateTime(timeZone, { disambiguation: 'earlier' }));
}

/** Temporal moves a time inside a gap to before it, by the length of the gap: the next change of the clocks is the gap. */
function endOfGapMs(before: Temporal.ZonedDateTime): number {
  return before.getTimeZoneTransition('next')?.epochMilliseconds ?? before.epochMilliseconds;
}
