import type { Clock, Observation } from '../../contract/index.ts';
import { readObservations } from './read-observations.ts';

export interface ReplayOptions {
  /** A recording; see `readObservations`. */
  readonly file: string;
  readonly clock: Clock;
  /** Gets the observations in real time, stamped with the player's monotonic clock. */
  readonly onObservation: (observation: Observation) => void;
}

export interface Replay {
  close(): void;
}

/** Between the last picture of one round and the first of the next. */
const LOOP_GAP_MS = 200;
/** A timer holds 31 bits of milliseconds, and fires at once beyond: a recording may have gaps that are longer. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * Plays a recording over and over in real time, as if it were the camera.
 *
 * @throws LitfassError when the recording cannot be read; nothing is played then.
 */
export async function replay({ file, clock, onObservation }: ReplayOptions): Promise<Replay> {
  const observations = await readObservations(file);
  const firstMs = observations[0]?.atMs ?? 0;
  const roundMs = (observations.at(-1)?.atMs ?? 0) - firstMs + LOOP_GAP_MS;
  const startedMs = clock().monoMs;
  let played = 0;
  let timer: NodeJS.Timeout;

  function playedAt(count: number): number {
    const observation = observations[count % observations.length];
    return startedMs + Math.floor(count / observations.length) * roundMs + (observation?.atMs ?? 0) - firstMs;
  }

  function playDue(): void {
    // A player that slept does not catch up on people who are long gone.
    while (playedAt(played) + roundMs < clock().monoMs) played += observations.length;
    for (; playedAt(played) <= clock().monoMs; played++) {
      const observation = observations[played % observations.length];
      if (observation) onObservation({ ...observation, atMs: playedAt(played) });
    }
    timer = setTimeout(playDue, Math.min(LONGEST_WAIT_MS, Math.max(1, playedAt(played) - clock().monoMs)));
  }
  playDue();

  return { close: () => clearTimeout(timer) };
}
