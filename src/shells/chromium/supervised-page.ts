import { Patience } from '../patience.ts';
import { openPage, type OpenedPage, type PageRequest } from './open-page.ts';

/** A page that throws at every frame must not fill the journal; each message is passed on this often at the most. */
const REPEAT_MS = 60_000;
const MOST_MESSAGES = 20;

export interface SupervisedPage {
  /** Load it anew; if it does not answer, in a new browser. */
  renew(): void;
  close(): Promise<void>;
}

type Open = (request: PageRequest) => Promise<OpenedPage>;

/**
 * Keeps one page open for years: a page that cannot be opened is tried again, a crashed one or a dead browser opened anew,
 * with a pause that doubles, so that what cannot live does not become a storm of restarts.
 *
 * @param open for tests
 */
export function supervisePage(request: Omit<PageRequest, 'onProblem'>, what: string, say: (line: string) => void, open: Open = openPage): SupervisedPage {
  const closing = new AbortController();
  const patience = new Patience();
  const said = new Map<string, number>();
  let opened: OpenedPage | null = null;
  let openedMs = 0;
  let working = keepOpen(null);

  /** Opens the page, however often it takes. `why`: what ended the one before; `null` at the start. */
  async function keepOpen(why: string | null): Promise<void> {
    let reason = why;
    while (!closing.signal.aborted) {
      if (reason !== null && !(await waitToReopen(reason))) return;
      try {
        await opened?.close();
        opened = null;
        opened = await open({ ...request, onProblem });
        openedMs = performance.now();
        return;
      } catch (error) {
        openedMs = performance.now();
        reason = `cannot be opened: ${firstLine(error)}`;
      }
    }
  }

  async function waitToReopen(reason: string): Promise<boolean> {
    const pauseMs = patience.afterLife(performance.now() - openedMs);
    say(`${what}: ${reason}; opening it anew${pauseMs === 0 ? '' : ` in ${pauseMs / 1_000} s`}`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      closing.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
    return !closing.signal.aborted;
  }

  function onProblem(problem: 'browser-gone' | 'page-crashed' | 'page-error', message: string): void {
    if (problem === 'page-error') passOn(message);
    else reopen(message);
  }

  /** One after the other: a crash while the page is being opened is found by that opening. */
  function reopen(why: string): void {
    if (opened === null || closing.signal.aborted) return;
    const ended = opened;
    working = working.then(() => (opened === ended ? keepOpen(why) : undefined));
  }

  function passOn(message: string): void {
    const line = firstLine(message).slice(0, 300);
    const nowMs = performance.now();
    if (nowMs - (said.get(line) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    for (const [old, saidMs] of said) if (nowMs - saidMs >= REPEAT_MS) said.delete(old);
    if (said.size >= MOST_MESSAGES) return;
    said.set(line, nowMs);
    say(`${what}: ${line}`);
  }

  return {
    renew() {
      opened?.reload().catch((error: unknown) => reopen(`does not answer (${firstLine(error)})`));
    },
    async close() {
      closing.abort();
      await working;
      await opened?.close();
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
