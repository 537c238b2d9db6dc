/** A look that comes so much too late was held up: by a disk that let everything wait, or because the process was stopped. */
const HELD_UP_MS = 1_500;
/** What was said meanwhile is still to be read, and what should have been said since is on its way. */
const CATCH_UP_MS = 1_500;
/** Whoever is held up again and again would never judge anything: what is heard in between has to do. */
const NOT_AGAIN_MS = 30_000;

/**
 * For whoever looks at regular times whether another one is silent: whoever was held up himself heard nothing in that time, and
 * must not hold it against the other. Times in ms of the monotonic clock.
 */
export class OwnDelay {
  readonly #everyMs: number;
  #lastLookMs: number;
  #caughtUpMs = -Infinity;

  constructor(everyMs: number, nowMs: number) {
    this.#everyMs = everyMs;
    this.#lastLookMs = nowMs;
  }

  /** To be asked at each look. @returns that what was heard by now is not yet all that was said */
  isCatchingUp(nowMs: number): boolean {
    const isHeldUp = nowMs - this.#lastLookMs - this.#everyMs > HELD_UP_MS;
    if (isHeldUp && nowMs - this.#caughtUpMs > NOT_AGAIN_MS) this.#caughtUpMs = nowMs + CATCH_UP_MS;
    this.#lastLookMs = nowMs;
    return nowMs < this.#caughtUpMs;
  }
}
