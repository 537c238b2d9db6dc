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

  /** Ids of the creatives that rest now. */
  among(creatives: readonly Creative[], nowMs: number): ReadonlySet<string> {
    return this.#idsWhere(creatives, ({ untilMs }) => untilMs > nowMs);
  }

  /** Ids of those that failed just now. The others may be let off when nothing else is left: a dark screen is worse than another failure. */
  failedLately(creatives: readonly Creative[], nowMs: number): ReadonlySet<string> {
    return this.#idsWhere(creatives, ({ struckMs }) => struckMs + FIRST_REST_MS > nowMs);
  }

  #idsWhere(creatives: readonly Creative[], isResting: (rest: Rest) => boolean): ReadonlySet<string> {
    if (this.#rests.size === 0) return new Set();
    const ids = creatives.flatMap(({ id, sha256 }) => {
      const rest = this.#rests.get(sha256);
      return rest !== undefined && isResting(rest) ? [id] : [];
    });
    return new Set(ids);
  }
}
