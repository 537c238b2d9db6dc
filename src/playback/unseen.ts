import type { Creative } from '../contract/index.ts';

/** Where nothing else comes up either, one creative after the other is tried behind the one in front. */
const MOST_KEPT = 16;

interface Given {
  readonly creative: Creative;
  /** When it was taken back; `null`: the page still has it. */
  goneMs: number | null;
}

/** What the page was given for a zone and has not shown: if the page dies, it may have died of it. */
export class Unseen {
  #given: Given[] = [];
  #isFrozen = false;

  gave(creative: Creative): void {
    if (!this.#isFrozen) this.#given = [...this.#given.slice(1 - MOST_KEPT), { creative, goneMs: null }];
  }

  /** It was not ready in time, or something else is wanted. */
  tookBack(nowMs: number): void {
    for (const given of this.#given) given.goneMs ??= nowMs;
  }

  /** What was in front presents nothing more: what is given from now on may be given to a page that is dead already. */
  froze(): void {
    this.#isFrozen = true;
  }

  /** The page came through all of it, or is another one. */
  clear(): void {
    this.#given = [];
    this.#isFrozen = false;
  }

  /**
   * What a page that presented nothing after `lastFrameMs` was busy with: the first that it had then, or was given next. What it
   * gave back before that did no harm, and what came after that one was given to a dead page.
   */
  suspect(lastFrameMs: number): Creative | null {
    return this.#given.find(({ goneMs }) => goneMs === null || goneMs >= lastFrameMs)?.creative ?? null;
  }
}
