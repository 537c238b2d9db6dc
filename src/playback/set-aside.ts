import type { Creative } from '../contract/index.ts';

const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 3_600_000;

interface Rest {
  readonly strikes: number;
  readonly struckMs: number;
  readonly untilMs: number;
}

/**
 * Creatives that failed rest, twice as long each time, and are tried again: the cause may have been passing. A rest belongs
 * to the bytes, so a corrected file is tried at once, whatever its creative is called.
 */
export class SetAside {
  readonly #rests = new Map<string, Rest>();

  strike({ sha256 }: Creative, nowMs: number): void {
    const strikes = (this.#rests.get(sha256)?.strikes ?? 0) + 1;
    this.#rests.set(sha256, { strikes, struckMs: nowMs, untilMs: nowMs + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (strikes - 1)) });
  }

  /** It played to its end: whatever was wrong is over. */
  clear({ sha256 }: Creative): void {
    this.#rests.delete(sha256);
  }

  /** Forgets what is in no programme any more. */
  keepOnly(creatives: readonly Creative[]): void {
    const known = new Set(creatives.map(({ sha256 }) => sha256));
    for (const sha256 of this.#rests.keys()) if (!known.has(sha256)) this.#rests.delete(sha256);
  }

  /**
   * Ids of the creatives that rest now. If all do, the one that was struck longest ago is let off after the shortest rest:
   * a dark screen is worse than another failure.
   */
  among(creatives: readonly Creative[], nowMs: number): ReadonlySet<string> {
    const resting = creatives.filter(({ sha256 }) => (this.#rests.get(sha256)?.untilMs ?? 0) > nowMs);
    if (resting.length < creatives.length) return new Set(resting.map(({ id }) => id));
    const struckMs = ({ sha256 }: Creative): number => this.#rests.get(sha256)?.struckMs ?? 0;
    const [oldest] = resting.toSorted((a, b) => struckMs(a) - struckMs(b));
    const letOff = oldest !== undefined && nowMs - struckMs(oldest) >= FIRST_REST_MS ? oldest.id : null;
    return new Set(resting.map(({ id }) => id).filter((id) => id !== letOff));
  }
}
