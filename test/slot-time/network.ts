import { measure, type Measurement } from '../../src/slot-time/exchange.ts';

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Network {
  /** Time on the way to the leader, and back, ms. */
  readonly out: () => number;
  readonly back: () => number;
}

/** A way that mostly queues: more in one direction than in the other, as Wi-Fi does. */
export function jittery(random: () => number, outMs: number, backMs: number): Network {
  const queue = (mostMs: number): number => 0.4 + (random() < 0.4 ? 0 : -Math.log(1 - random()) * mostMs);
  return { out: () => queue(outMs), back: () => queue(backMs) };
}

/** The leader's wall clock at a moment of the follower's monotonic one. */
export type LeaderClock = (monoMs: number) => number;

/** A leader that is `aheadMs` of the follower's monotonic clock and runs `ppm` fast of it. It tells whole milliseconds, as a real one. */
export function runningFast(aheadMs: number, ppm: number): LeaderClock {
  return (monoMs) => monoMs * (1 + ppm / 1_000_000) + aheadMs;
}

export function exchangeAt(askedMs: number, leader: LeaderClock, { out, back }: Network): Measurement {
  const heardAtMs = askedMs + out();
  const answeredAtMs = heardAtMs + 0.2;
  return measure({ askedMs, heardMs: Math.floor(leader(heardAtMs)), answeredMs: Math.floor(leader(answeredAtMs)), receivedMs: answeredAtMs + back() });
}
