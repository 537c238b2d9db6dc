import type { Clock, HubClock } from '../contract/index.ts';

/** A crystal may be off by this much: an old measurement is worth less. */
const DRIFT_PPM = 100;
/** A header in whole milliseconds. */
const GRAIN_MS = 1;
const MOST_UNCERTAIN_MS = 86_400_000;

interface Measurement {
  /** Hub time minus monotonic time, ms. */
  readonly hubMinusMonoMs: number;
  readonly uncertaintyMs: number;
  readonly atMonoMs: number;
}

/**
 * How far the screen's wall clock is from the hub's, from what every answer of the hub tells (Cristian's algorithm, 1989): the
 * hub read its clock somewhere between question and answer, so the midpoint is wrong by half the round trip at most.
 *
 * What is kept is the hub's time against the monotonic clock, so a wall clock that is set later shows at once.
 */
export function createHubClock(clock: Clock) {
  let best: Measurement | null = null;

  function uncertaintyAt({ uncertaintyMs, atMonoMs }: Measurement, monoMs: number): number {
    return uncertaintyMs + (Math.max(0, monoMs - atMonoMs) * DRIFT_PPM) / 1_000_000;
  }

  return {
    heard({ sentMs, receivedMs, hubWallMs }: { readonly sentMs: number; readonly receivedMs: number; readonly hubWallMs: number }): void {
      const measured: Measurement = { hubMinusMonoMs: hubWallMs - (sentMs + receivedMs) / 2, uncertaintyMs: (receivedMs - sentMs) / 2 + GRAIN_MS, atMonoMs: receivedMs };
      // A quick answer of an hour ago may still be worth more than a slow one of now.
      if (best === null || measured.uncertaintyMs <= uncertaintyAt(best, receivedMs)) best = measured;
    },
    now(): HubClock | null {
      if (best === null) return null;
      const { wallMs, monoMs } = clock();
      return { offsetMs: Math.round(wallMs - monoMs - best.hubMinusMonoMs), uncertaintyMs: Math.min(MOST_UNCERTAIN_MS, Math.ceil(uncertaintyAt(best, monoMs))) };
    },
  };
}
