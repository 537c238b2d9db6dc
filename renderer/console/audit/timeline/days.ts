import type { TimelineEntry, TimelineResponse } from '../../../../src/contract/index.ts';
import { startOfDay } from '../../words/time.ts';

/** A change of creative takes less; the hub counts gaps inside a day by the same measure. */
const SHORTEST_GAP_MS = 5_000;

/** One day of the viewer's zone; not every day has 24 hours. */
export interface Day {
  /** `2026-05-04` */
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Where an entry stands in a day. A width of 0 is a moment. */
export interface Mark {
  readonly entry: TimelineEntry;
  readonly leftPercent: number;
  readonly widthPercent: number;
}

/** `2026-05-04`, in the viewer's zone. */
export function dayName(ms: number): string {
  const date = new Date(ms);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

/** So many days up to and with `last`, newest first. @returns none where `last` is not a day. */
export function daysUpTo(last: string, count: number): Day[] {
  return Array.from({ length: count }, (_, back) => {
    const fromMs = startOfDay(last, -back);
    const toMs = startOfDay(last, 1 - back);
    return fromMs === null || toMs === null ? [] : [{ name: dayName(fromMs), fromMs, toMs }];
  }).flat();
}

/** Where in a day something was on the screen, per cent, holes and all; `null`: nowhere. */
export function showingIn(day: Day, { showing }: Pick<TimelineResponse, 'showing'>): { leftPercent: number; widthPercent: number } | null {
  if (showing === null) return null;
  const leftPercent = percentOf(day, showing.fromMs);
  return { leftPercent, widthPercent: percentOf(day, showing.toMs) - leftPercent };
}

/**
 * The dark times between days, which no day can tell alone: from the last play of one to the first play of the next that had any.
 *
 * @param days newest first.
 */
export function gapsBetween(days: readonly Pick<TimelineResponse, 'showing'>[]): TimelineEntry[] {
  const shown = days.flatMap(({ showing }) => showing ?? []);
  return shown.flatMap((earlier, index) => {
    const later = shown[index - 1];
    const durationMs = later === undefined ? 0 : later.fromMs - earlier.toMs;
    return durationMs < SHORTEST_GAP_MS ? [] : [{ kind: 'gap' as const, atMs: earlier.toMs, durationMs, epoch: null, seq: null, text: 'nothing was on the screen, by its wall clock', clock: null }];
  });
}

/** The entries that touch a day, cut off at its ends; those with a length first, so that moments lie above them. */
export function marksOf(day: Day, entries: readonly TimelineEntry[]): Mark[] {
  return entries
    .filter(({ atMs, durationMs }) => atMs < day.toMs && atMs + (durationMs ?? 0) >= day.fromMs)
    .map((entry) => {
      const leftPercent = percentOf(day, entry.atMs);
      return { entry, leftPercent, widthPercent: percentOf(day, entry.atMs + (entry.durationMs ?? 0)) - leftPercent };
    })
    .sort((a, b) => Number(a.entry.durationMs === null) - Number(b.entry.durationMs === null) || a.entry.atMs - b.entry.atMs);
}

function percentOf({ fromMs, toMs }: Day, ms: number): number {
  return ((Math.min(Math.max(ms, fromMs), toMs) - fromMs) / (toMs - fromMs)) * 100;
}

export function entryKey({ kind, atMs, epoch, seq }: TimelineEntry): string {
  return `${kind} ${String(atMs)} ${epoch ?? ''} ${String(seq)}`;
}
