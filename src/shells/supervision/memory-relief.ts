import { createMemoryGrowth, SETTLING_MS } from './memory-growth.ts';

/** So many new pages in a row that soon held as much again, and the next one will, too. */
const MOST_TRIES = 3;
/** What was within its limit for so long was helped. A page that leaks its way to the limit takes longer. */
const HELPED_MS = 900_000;
/** When nothing helps: look again now and then, the programme may be another one. */
const RESIGNED_MS = 3_600_000;

/**
 * `renew`: a new page in its place may help. `outlived`: that did not help, although this program once ran within the limit: what
 * grew belongs to processes that outlive a page. `needed`: that did not help, and it is what the programme needs.
 */
export type Relief = 'renew' | 'outlived' | 'needed';

export interface MemoryRelief {
  /** Takes a reading. @returns whether something should be done about it now: after it let go of its caches, `decide` */
  isLarge(bytes: number, nowMs: number): boolean;
  /** @returns `null`: it is not large any more, or was renewed just now and has time to settle */
  decide(bytes: number, nowMs: number): Relief | null;
  /** There is another page, or the same was loaded anew, for whatever reason: what it held before is no measure. */
  opened(nowMs: number): void;
  /** It was renewed for its memory. */
  renewed(nowMs: number): void;
}

/**
 * What to do about the memory of a page that grows, or holds more than its part of the machine. A renewal is given time to
 * settle; when it did not help, the next one waits twice as long; and after three in a row there are no more. A programme that
 * needs more than its part would otherwise be renewed without end, each time with twice the memory for a while.
 *
 * @param mostBytes its part of the machine, whatever it held when it had settled
 */
export function createMemoryRelief(openedMs: number, mostBytes: number): MemoryRelief {
  let pageMs = openedMs;
  let grown = createMemoryGrowth(openedMs);
  let tries = 0;
  let renewedMs = Number.NEGATIVE_INFINITY;
  let judged = true;
  let largeMs = Number.NEGATIVE_INFINITY;
  let quietUntilMs = Number.NEGATIVE_INFINITY;
  let releasedMs = Number.NEGATIVE_INFINITY;
  let everFitted = false;
  let fittedSince = false;

  function opened(nowMs: number): void {
    pageMs = nowMs;
    grown = createMemoryGrowth(nowMs);
  }

  /** At the first large reading after a renewal. */
  function judge(nowMs: number): void {
    if (nowMs - Math.max(largeMs, quietUntilMs) >= HELPED_MS) tries = 0;
    else if (!judged) tries += 1;
    if (!judged) quietUntilMs = renewedMs + SETTLING_MS * 2 ** tries;
    judged = true;
  }

  function isLarge(bytes: number, nowMs: number): boolean {
    const [hasGrown, isTooMuch] = [grown(bytes, nowMs), bytes > mostBytes];
    if (!isTooMuch && nowMs - pageMs >= SETTLING_MS) everFitted = fittedSince = true;
    return (hasGrown || isTooMuch) && nowMs >= quietUntilMs && nowMs - releasedMs >= SETTLING_MS;
  }

  return {
    isLarge,
    decide(bytes, nowMs) {
      if (!isLarge(bytes, nowMs)) {
        // Only caches: not to be emptied at every look.
        releasedMs = nowMs;
        return null;
      }
      judge(nowMs);
      largeMs = nowMs;
      if (nowMs < quietUntilMs) return null;
      if (tries < MOST_TRIES) return 'renew';
      quietUntilMs = nowMs + RESIGNED_MS;
      return everFitted && !fittedSince ? 'outlived' : 'needed';
    },
    opened,
    renewed(nowMs) {
      opened(nowMs);
      [renewedMs, judged, fittedSince, quietUntilMs] = [nowMs, false, false, nowMs + SETTLING_MS];
    },
  };
}
