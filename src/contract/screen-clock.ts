import { z } from 'zod';
import { clockQualitySchema, hubClockSchema } from './clock.ts';
import { slotStateSchema } from './slots.ts';

/** How far a screen's times can be trusted, in every status report: what it writes down is its own wall clock's, slots may be another's. */
export const screenClockSchema = z.strictObject({
  quality: clockQualitySchema,
  /** `null`: the hub was not heard in this life of the player. */
  hubClock: hubClockSchema.nullable(),
  /** `null`: the programme has no slots. */
  slots: slotStateSchema.nullable(),
});
export type ScreenClock = z.infer<typeof screenClockSchema>;
