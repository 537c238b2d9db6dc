import { OwnDelay } from './own-delay.ts';
import { TIMES } from './times.ts';

/** Tells when a stage page has said nothing for too long. Times in ms of the monotonic clock. */
export class StageSilence {
  readonly #ownDelay: OwnDelay;
  #lastHeardMs: number;
  /** The page has said something since it was last asked to load. */
  #isUp = false;

  constructor(nowMs: number) {
    this.#ownDelay = new OwnDelay(TIMES.idle, nowMs);
    this.#lastHeardMs = nowMs;
  }

  heard(nowMs: number): void {
    this.#lastHeardMs = nowMs;
    this.#isUp = true;
  }

  /** Whoever supervises it has given it up, and opens another. */
  lost(nowMs: number): void {
    this.#lastHeardMs = nowMs;
    this.#isUp = false;
  }

  /**
   * Looks, once in each `TIMES.idle`, whether it is time to have the page loaded anew, and counts from there if it is.
   *
   * @returns `fell-silent` when it had been up, `still-silent` at each further time: a display that stays dark for weeks must
   *   not fill the log with it
   */
  look(nowMs: number): 'fell-silent' | 'still-silent' | null {
    if (this.#ownDelay.isCatchingUp(nowMs)) return null;
    if (nowMs - this.#lastHeardMs < (this.#isUp ? TIMES.stageSilence : TIMES.stageLoading)) return null;
    const wasUp = this.#isUp;
    this.#isUp = false;
    this.#lastHeardMs = nowMs;
    return wasUp ? 'fell-silent' : 'still-silent';
  }
}
