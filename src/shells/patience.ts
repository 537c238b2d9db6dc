const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** How long to wait before something that ended is started again: not at all the first time, then twice as long each time. */
export class Patience {
  readonly #steadyMs: number;
  #pauseMs = 0;

  /** @param steadyMs whatever lived this long was not part of a loop of crashes, ms */
  constructor(steadyMs: number) {
    this.#steadyMs = steadyMs;
  }

  /** @param livedMs how long it had lived, ms; 0 when it could not even be started */
  afterLife(livedMs: number): number {
    if (livedMs >= this.#steadyMs) this.#pauseMs = 0;
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2));
    return pauseMs;
  }
}
