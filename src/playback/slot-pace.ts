import type { ClockReading } from '../contract/index.ts';
import { slotAt, type Slot } from '../selection/index.ts';
import type { FrontPlay } from './front-play.ts';
import type { UpcomingPlay } from './upcoming-play.ts';
import { TIMES } from './times.ts';

/** What slots are counted by at this moment, ms since 1970; `null`: this screen keeps its own time. */
export type SlotTime = (now: ClockReading) => number | null;

/** By the own wall clock, once it was set. */
export const ownSlotTime: SlotTime = ({ quality, wallMs }) => (quality === 'unsynced' ? null : wallMs);

/** The slot for what comes up then. What is left of one in which nothing more can be prepared is given to the next one. */
export function slotToPrepare(comesUpMs: number, cycleMs: number): Slot {
  const slot = slotAt(comesUpMs, cycleMs);
  return slot.endMs - comesUpMs < TIMES.lead ? slotAt(slot.endMs, cycleMs) : slot;
}

/** How long what was planned can still be on, ms: a slot that is shared ends for all screens at once, whoever is late. @param slotMs slot time now */
export function leftOfSlotMs({ plannedMs, decision: { slot } }: Pick<UpcomingPlay, 'plannedMs' | 'decision'>, slotMs: number | null, cycleMs: number | null): number {
  return slot === undefined || slotMs === null || cycleMs === null ? plannedMs : Math.min(plannedMs, Math.round((slot + 1) * cycleMs - slotMs));
}

/**
 * When the creative in front ends, ms of the monotonic clock: when the time that its slot is counted by says so. When that was set
 * meanwhile, or the programme has slots of another length, its number says nothing any more: it then ends as it was planned, and
 * the next slot is of the new time.
 *
 * @param slotMs slot time now; @param atMostMs a larger difference is another time
 */
export function keptEndMs({ endsMs, decision: { slot } }: Pick<FrontPlay, 'endsMs' | 'decision'>, { monoMs }: ClockReading, slotMs: number, cycleMs: number, atMostMs: number): number {
  if (slot === undefined) return endsMs;
  const byItsSlotMs = monoMs + (slot + 1) * cycleMs - slotMs;
  return Math.abs(byItsSlotMs - endsMs) <= atMostMs ? Math.max(monoMs, byItsSlotMs) : endsMs;
}
