import type { Measurement } from './exchange.ts';

/** A crystal that nobody measured. */
const UNMEASURED_PPM = 100;
/** What a measured one still wanders, with the temperature of the shop (PHI of RFC 5905). */
const WANDER_PPM = 15;
/** No crystal is worse (MAXFREQ of RFC 5905): what looks so is something else. */
const MOST_PPM = 500;
/** A shorter time says more of jitter than of drift. */
const SHORTEST_MS = 60_000;
/** Older than that, the temperature was another. */
const LONGEST_MS = 3_600_000;
const MOST_KEPT = 128;

/** How fast two clocks run apart: the slope of the good measurements, by least squares. */
export class DriftEstimate {
  #points: readonly Measurement[] = [];
  #ppm: number | null = null;

  /** `null`: not measured for long enough. */
  get ppm(): number | null {
    return this.#ppm;
  }

  /** What may be wrong about it. */
  get unknownPpm(): number {
    return this.#ppm === null ? UNMEASURED_PPM : WANDER_PPM;
  }

  /** @param best of those that were looked at together; the same one may come again */
  learn(best: Measurement): void {
    if (this.#points.at(-1) === best) return;
    this.#points = [...this.#points, best].filter(({ atMs }) => best.atMs - atMs <= LONGEST_MS).slice(-MOST_KEPT);
    const [first] = this.#points;
    if (first === undefined || best.atMs - first.atMs < SHORTEST_MS) return;
    this.#ppm = Math.max(-MOST_PPM, Math.min(MOST_PPM, slope(this.#points) * 1_000_000));
  }

  forget(): void {
    this.#points = [];
    this.#ppm = null;
  }
}

function slope(points: readonly Measurement[]): number {
  const mean = (of: (point: Measurement) => number): number => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanAt, meanOffset] = [mean(({ atMs }) => atMs), mean(({ offsetMs }) => offsetMs)];
  const along = mean(({ atMs, offsetMs }) => (atMs - meanAt) * (offsetMs - meanOffset));
  return along / mean(({ atMs }) => (atMs - meanAt) ** 2);
}
