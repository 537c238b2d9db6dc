import type { Creative } from '../contract/index.ts';

const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 3_600_000;
/** So many failures in a row are no accident any more. */
const OUT = 3;

/**
 * `own`: its bytes are at fault. `unseen`: no frame of it came, which may as well be the fault of a page that presents none.
 * `deadly`: page after page died with it in front, see `PageDeaths`.
 */
export type Cause = 'own' | 'unseen' | 'deadly';

interface Rest {
  readonly strikes: number;
  readonly struckMs: number;
  readonly untilMs: number;
  readonly cause: Cause;
  /** How it was before this strike, should that be taken back. Strikes of the same bytes are far apart, so one is enough. */
  readonly before: Rest | undefined;
}

/**
 * Creatives that failed rest, twice as long each time, and are tried again: the cause may have been passing. A rest belongs
 * to the bytes, so a corrected file is tried at once, whatever its creative is called.
 */
export class SetAside {
  readonly #rests = new Map<string, Rest>();

  /** @returns how long it rests, ms, from the third failure in a row on: it is set aside; `null` before that */
  strike({ sha256 }: Creative, nowMs: number, cause: Cause): number | null {
    const before = this.#rests.get(sha256);
    const strikes = (before?.strikes ?? 0) + 1;
    const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (strikes - 1));
    this.#rests.set(sha256, { strikes, struckMs: nowMs, untilMs: nowMs + restMs, cause, before: before && { ...before, before: undefined } });
    return strikes >= OUT ? restMs : null;
  }

  /**
   * The page was lost. Whatever it failed to present since its last frame was its fault, not that of the creatives.
   *
   * @param sinceMs when the page last presented a frame
   */
  pageLost(sinceMs: number): void {
    for (const [sha256, { cause, struckMs, before }] of this.#rests) {
      if (cause !== 'unseen' || struckMs < sinceMs) continue;
      if (before === undefined) this.#rests.delete(sha256);
      else this.#rests.set(sha256, before);
    }
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

  rests({ sha256 }: Creative, nowMs: number): boolean {
    return (this.#rests.get(sha256)?.untilMs ?? 0) > nowMs;
  }

  /** Ids of the creatives that rest now. */
  among(creatives: readonly Creative[], nowMs: number): ReadonlySet<string> {
    return this.#idsWhere(creatives, ({ untilMs }) => untilMs > nowMs);
  }

  /**
   * Ids of those that failed just now. The others may be let off when nothing else is left: a dark screen is worse than another
   * failure. What is only suspected of killing pages did show a picture, so it is let off at once.
   */
  failedLately(creatives: readonly Creative[], nowMs: number): ReadonlySet<string> {
    return this.#idsWhere(creatives, ({ struckMs, cause }) => cause !== 'deadly' && struckMs + FIRST_REST_MS > nowMs);
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
