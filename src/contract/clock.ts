import { z } from 'zod';
import { wallMsSchema } from './ids.ts';

/** Whether the wall clock was ever set: a board without a battery starts `unsynced`. How far it is off, `HubClock` says. */
export const clockQualitySchema = z.enum(['synced', 'unsynced']);

/**
 * One reading of a screen's clocks. `wallMs` may jump; `monoMs` counts from an arbitrary start, never jumps, and is the
 * only source of durations.
 */
export const clockReadingSchema = z.strictObject({
  wallMs: wallMsSchema,
  monoMs: z.number().min(0),
  quality: clockQualitySchema,
});
export type ClockReading = z.infer<typeof clockReadingSchema>;

/** The screen's wall clock minus the hub's, ms, by the midpoint rule: true to within `uncertaintyMs` either way. */
export const hubClockSchema = z.strictObject({
  offsetMs: z.int().min(-253_402_300_799_999).max(253_402_300_799_999),
  uncertaintyMs: z.int().min(0).max(86_400_000),
});
export type HubClock = z.infer<typeof hubClockSchema>;

/** The clock is an argument everywhere, so every decision and estimate can be replayed from a file. */
export type Clock = () => ClockReading;

/** A uniform number in [0, 1). The random is an argument for the same reason. */
export type Random = () => number;
