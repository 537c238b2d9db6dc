const FIRST_REST_MS = 30_000;
const LONGEST_REST_MS = 3_600_000;

/** Creatives that failed rest, twice as long each time, and are tried again: the cause may have been passing. */
export class SetAside {
  readonly #rests = new Map<string, { untilMs: number; strikes: number }>();

  strike(creativeId: string, nowMs: number): void {
    const strikes = (this.#rests.get(creativeId)?.strikes ?? 0) + 1;
    this.#rests.set(creativeId, { strikes, untilMs: nowMs + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (strikes - 1)) });
  }

  /** It played to its end: whatever was wrong is over. */
  clear(creativeId: string): void {
    this.#rests.delete(creativeId);
  }

  at(nowMs: number): ReadonlySet<string> {
    return new Set([...this.#rests].filter(([, rest]) => rest.untilMs > nowMs).map(([id]) => id));
  }
}
