import type { ClockReading, SlotSource } from '../contract/index.ts';
import { ClockFilter, STEP_MS, type Estimate } from './clock-filter.ts';
import type { Measurement } from './exchange.ts';

/** A leader that says nothing for so long is gone: its time is carried on. */
const SILENT_MS = 20_000;
/** With a measured drift, a carried-on time is wrong by no more than 54 ms after it: three frames. */
const HOLD_OVER_MS = 3_600_000;
/** A creative of eight seconds is then 40 ms longer or shorter: nobody sees that, and after 26 s the largest error is gone. */
const SLEW_PPM = 5_000;

export interface SlotTime {
  readonly source: SlotSource;
  /** `null`: this screen keeps its own time. */
  readonly ms: number | null;
  /** What is known of the leader; `null`: nothing. */
  readonly leader: Estimate | null;
}

/**
 * The time that slots are counted by: the leader's while it is known, otherwise the own wall clock, if that was ever set. It goes
 * on without a jump when it can: a small difference is slewed, so that no creative is cut; a large one is another time, and counts
 * at once. Pure: the caller reads the clock.
 */
export class SlotClock {
  #filter: ClockFilter | null = null;
  /** Slot time minus monotonic time as it was last told; `null`: the own wall clock, untouched. */
  #told: { readonly offsetMs: number; readonly atMs: number } | null = null;

  /** What was known of the leader before is not known of this one. */
  follow(): void {
    this.#filter = new ClockFilter();
  }

  stopFollowing(): void {
    this.#filter = null;
  }

  learn(measurement: Measurement): ReturnType<ClockFilter['add']> | 'not-following' {
    return this.#filter?.add(measurement) ?? 'not-following';
  }

  at(now: ClockReading): SlotTime {
    const { monoMs, wallMs } = now;
    const leader = this.#filter?.at(monoMs) ?? null;
    const source = sourceOf(leader, now);
    const ownMs = wallMs - monoMs;
    if (source === 'none') {
      this.#told = null;
      return { source, ms: null, leader };
    }
    const followed = source === 'own' ? null : leader;
    // A screen that never heard a leader has nothing to come back from.
    if (followed === null && this.#told === null) return { source, ms: wallMs, leader };
    const wantedMs = followed?.offsetMs ?? ownMs;
    const before = this.#told ?? { offsetMs: now.quality === 'synced' ? ownMs : wantedMs, atMs: monoMs };
    const apartMs = wantedMs - before.offsetMs;
    const mostMs = (Math.max(0, monoMs - before.atMs) * SLEW_PPM) / 1_000_000;
    const offsetMs = Math.abs(apartMs) > STEP_MS ? wantedMs : before.offsetMs + Math.max(-mostMs, Math.min(mostMs, apartMs));
    this.#told = { offsetMs, atMs: Math.max(monoMs, before.atMs) };
    return { source, ms: monoMs + offsetMs, leader };
  }
}

function sourceOf(leader: Estimate | null, { quality }: ClockReading): SlotSource {
  if (leader !== null && leader.ageMs <= SILENT_MS) return 'leader';
  if (leader !== null && leader.ageMs <= HOLD_OVER_MS) return 'hold-over';
  return quality === 'synced' ? 'own' : 'none';
}
