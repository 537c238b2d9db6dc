import { DriftEstimate } from './drift.ts';
import type { Measurement } from './exchange.ts';

/** So many measurements are looked at together: a minute of them. RFC 5905 takes eight; Wi-Fi that saves power lets more of them queue. */
const STAGES = 16;
/** One alone may have been unlucky; so many that contradict what was known mean that the leader's clock was set. */
const ENOUGH = 3;
/** A leader's wall clock tells whole milliseconds. */
const GRAIN_MS = 1;
/** What half the delay cannot explain, and this cannot either, is another time (STEPT of RFC 5905). */
export const STEP_MS = 128;

export interface Estimate {
  /** The leader's wall clock minus the own monotonic one, now, ms. */
  readonly offsetMs: number;
  /** True to within this either way, ms: half the delay of the measurement that it rests on, and what a crystal does since then. */
  readonly uncertaintyMs: number;
  /** How fast the leader's clock runs away from the own one; `null`: not measured for long enough. */
  readonly driftPpm: number | null;
  /** Since anything was measured, ms. */
  readonly ageMs: number;
}

/**
 * From measurements with jitter to the leader's time: of the newest ones, the one that was least long on the way counts, since
 * a queue can only add to a delay (the clock filter of RFC 5905 section 10, after Mills, "Internet time synchronization", 1991).
 * Between measurements, and after the last one, the offset goes on with the drift that was measured.
 */
export class ClockFilter {
  readonly #drift = new DriftEstimate();
  #stages: readonly Measurement[] = [];
  #astray: readonly Measurement[] = [];

  /** @returns `set-anew` when the leader's clock has been set: what was known before is forgotten */
  add(measurement: Measurement): 'taken' | 'astray' | 'set-anew' {
    if (this.#contradicts(measurement)) {
      this.#astray = [...this.#astray, measurement];
      if (this.#astray.length < ENOUGH) return 'astray';
      this.#stages = this.#astray;
      this.#astray = [];
      this.#drift.forget();
      return 'set-anew';
    }
    this.#astray = [];
    this.#stages = [...this.#stages, measurement].slice(-STAGES);
    this.#drift.learn(this.#best(measurement.atMs) ?? measurement);
    return 'taken';
  }

  /** @returns `null` until enough was measured */
  at(monoMs: number): Estimate | null {
    const best = this.#best(monoMs);
    const newest = this.#stages.at(-1);
    if (best === null || newest === undefined || this.#stages.length < ENOUGH) return null;
    return {
      offsetMs: this.#carriedOn(best, monoMs),
      uncertaintyMs: this.#uncertainty(best, monoMs),
      driftPpm: this.#drift.ppm,
      ageMs: Math.max(0, monoMs - newest.atMs),
    };
  }

  /** What is a little longer on the way but newer may be worth more. */
  #best(monoMs: number): Measurement | null {
    const [first, ...rest] = this.#stages;
    if (first === undefined) return null;
    return rest.reduce((best, each) => (this.#uncertainty(each, monoMs) <= this.#uncertainty(best, monoMs) ? each : best), first);
  }

  #carriedOn({ offsetMs, atMs }: Measurement, monoMs: number): number {
    return offsetMs + ((monoMs - atMs) * (this.#drift.ppm ?? 0)) / 1_000_000;
  }

  #uncertainty({ delayMs, atMs }: Measurement, monoMs: number): number {
    return delayMs / 2 + GRAIN_MS + (Math.max(0, monoMs - atMs) * this.#drift.unknownPpm) / 1_000_000;
  }

  #contradicts(measurement: Measurement): boolean {
    const known = this.at(measurement.atMs);
    return known !== null && Math.abs(measurement.offsetMs - known.offsetMs) > known.uncertaintyMs + measurement.delayMs / 2 + STEP_MS;
  }
}
