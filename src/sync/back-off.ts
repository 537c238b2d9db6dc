import type { Random } from '../contract/index.ts';

export interface BackOff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** For a hub that is away: from seconds to a quarter of an hour. */
export const HUB_BACK_OFF: BackOff = { baseMs: 5_000, capMs: 15 * 60_000 };

/**
 * How long to wait after the `failures`-th failure in a row, ms: anything up to min(cap, base · 2^(failures − 1)). Full
 * jitter, so that a chain's screens do not come back in step when the hub does.
 */
export function backOffMs(failures: number, { baseMs, capMs }: BackOff, random: Random): number {
  return random() * Math.min(capMs, baseMs * 2 ** (failures - 1));
}
