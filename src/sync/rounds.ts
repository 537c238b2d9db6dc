import type { Random } from '../contract/index.ts';
import { backOffMs, type BackOff } from './back-off.ts';
import { retryAfterMs } from './hub-errors.ts';
import type { Trouble } from './trouble.ts';

export interface RoundsOptions {
  /** Does all that there is to do now, and throws when it could not. */
  readonly round: (signal: AbortSignal) => Promise<void>;
  /** How long after a good round the next one is due, ms; without it only when woken. */
  readonly pauseMs?: () => number;
  /** After such an error there is no further round. */
  readonly isFinal?: (error: unknown) => boolean;
  readonly backOff: BackOff;
  readonly random: Random;
  readonly trouble: Trouble;
}

/** Work that is done again and again, never twice at the same time. The first round begins at once. */
export interface Rounds {
  /** There is something to do. Does not shorten a back-off: a busy screen must not press a weak hub. */
  wake(): void;
  /** A round as soon as possible, also out of a back-off. Resolves to whether it succeeded. */
  runNow(): Promise<boolean>;
  /** Aborts what is going on, and resolves when it is over. */
  close(): Promise<void>;
}

type Outcome = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

export function startRounds({ round, pauseMs, isFinal = () => false, backOff, random, trouble }: RoundsOptions): Rounds {
  const closing = new AbortController();
  let woken = false;
  let asking: ((succeeded: boolean) => void)[] = [];
  let endPause: (cause: 'wake' | 'now') => void = () => undefined;
  let gaveUp = false;

  const isOver = (): boolean => gaveUp || closing.signal.aborted;

  async function attempt(): Promise<Outcome> {
    try {
      await round(closing.signal);
      return { ok: true };
    } catch (error) {
      return { ok: false, error };
    }
  }

  /** Waits `ms`; `endedBy` says what may end it before. */
  function pause(ms: number | undefined, endedBy: readonly ('wake' | 'now')[]): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        closing.signal.removeEventListener('abort', end);
        endPause = () => undefined;
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(end, ms);
      closing.signal.addEventListener('abort', end);
      endPause = (cause) => {
        if (endedBy.includes(cause)) end();
      };
      // A listener that heard of a trouble may have closed us meanwhile.
      if (closing.signal.aborted) end();
    });
  }

  /** Tells how the round went, and waits until the next one is due. */
  async function settle(outcome: Outcome, failures: number): Promise<void> {
    if (outcome.ok) {
      trouble.clear();
      if (!woken && asking.length === 0) await pause(pauseMs?.(), ['wake', 'now']);
      return;
    }
    trouble.raise(outcome.error);
    gaveUp = isFinal(outcome.error);
    const waitMs = Math.max(backOffMs(failures, backOff, random), retryAfterMs(outcome.error));
    if (!gaveUp && asking.length === 0) await pause(waitMs, ['now']);
  }

  async function loop(): Promise<void> {
    let failures = 0;
    while (!isOver()) {
      woken = false;
      const answered = asking;
      asking = [];
      const outcome = await attempt();
      for (const answer of answered) answer(outcome.ok);
      failures = outcome.ok ? 0 : failures + 1;
      if (!isOver()) await settle(outcome, failures);
    }
    for (const answer of asking) answer(false);
  }

  const over = loop();
  return {
    wake() {
      woken = true;
      endPause('wake');
    },
    runNow() {
      if (isOver()) return Promise.resolve(false);
      return new Promise((resolve) => {
        asking.push(resolve);
        endPause('now');
      });
    },
    async close() {
      closing.abort();
      await over;
    },
  };
}
