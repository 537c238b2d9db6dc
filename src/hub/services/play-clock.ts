import { clockQualitySchema, hubClockSchema, type ClockReading, type HubClock } from '../../contract/index.ts';

/** What the time of a play rests on, as its leaf says. Rows of plays were validated when they came. */
export function clockOf(leaf: string): { quality: ClockReading['quality']; hubClock: HubClock | null } {
  const { clock, hubClock = null } = JSON.parse(leaf) as { clock: unknown; hubClock?: unknown };
  return { quality: clockQualitySchema.parse(clock), hubClock: hubClockSchema.nullable().parse(hubClock) };
}
