import type { Understudy } from '../../player/index.ts';
import { newLife } from '../life.ts';
import { replaceUnseen } from '../replace-unseen.ts';
import { Patience } from '../patience.ts';
import { openPage, type OpenedPage } from './open-page.ts';
import type { PageRequest } from './page-request.ts';
import { createSparingSay } from '../sparing-say.ts';
import { inTime, type StagePage } from '../supervision/index.ts';

export interface SupervisedPage extends Required<StagePage> {
  /** The page as it is now; `null` between two lives. */
  readonly opened: OpenedPage | null;
  close(): Promise<void>;
}

type Open = (request: PageRequest) => Promise<OpenedPage>;

export interface SupervisedPageOptions {
  readonly request: Omit<PageRequest, 'onProblem'>;
  /** What people call it. */
  readonly what: string;
  readonly say: (line: string) => void;
  /** A life of this length was no part of a loop of crashes, ms. */
  readonly steadyMs: number;
  /** Told the life of each page that is opened to be seen, before it is. */
  readonly onLife?: (life: string) => void;
  /** Its page crashed or its browser ended; it is opened anew. */
  readonly onLost?: () => void;
  /** For tests. */
  readonly open?: Open;
}

/**
 * Keeps one page open for years: a page that cannot be opened is tried again, a crashed one or a dead browser opened anew,
 * with a pause that doubles, so that what cannot live does not become a storm of restarts.
 */
export function supervisePage({ request, what, say, steadyMs, onLife = () => undefined, onLost = () => undefined, open = openPage }: SupervisedPageOptions): SupervisedPage {
  const closing = new AbortController();
  const patience = new Patience(steadyMs);
  const passOn = createSparingSay((line) => say(`${what}: ${line}`));
  let opened: OpenedPage | null = null;
  let openedMs = 0;
  let upSinceMs: number | null = null;
  /** Pages that died or were given up, while something else is still being done. */
  const gone = new WeakSet<OpenedPage>();
  let working = keepOpen(null);

  /** Opens the page, however often it takes. `why`: what ended the one before; `null` at the start. */
  async function keepOpen(why: string | null): Promise<void> {
    let reason = why;
    while (!closing.signal.aborted) {
      if (reason !== null && !(await waitToReopen(reason))) return;
      try {
        const old = opened;
        opened = null;
        upSinceMs = null;
        if (old !== null) await end(old);
        opened = await openInSight();
        return;
      } catch (error) {
        openedMs = performance.now();
        reason = `cannot be opened: ${firstLine(error)}`;
      }
    }
  }

  async function openInSight(): Promise<OpenedPage> {
    const life = newLife();
    onLife(life);
    const page = await openOne(life, { unseen: false });
    came();
    return page;
  }

  /** @param how `unseen`: beside the page in front, and not before it */
  async function openOne(life: string, how: Pick<PageRequest, 'unseen' | 'cover'>): Promise<OpenedPage> {
    const own: { page: OpenedPage | null } = { page: null };
    own.page = await open({
      ...request,
      url: `${request.url}${request.url.includes('?') ? '&' : '?'}life=${life}`,
      ...how,
      onProblem(problem, message) {
        if (problem === 'page-error') passOn(firstLine(message));
        else if (own.page === opened) lost(message);
        else if (own.page !== null) gone.add(own.page);
      },
    });
    return own.page;
  }

  function came(): void {
    openedMs = performance.now();
    upSinceMs = openedMs;
  }

  async function waitToReopen(reason: string): Promise<boolean> {
    const pauseMs = patience.afterLife(performance.now() - openedMs);
    say(`${what}: ${reason}; opening it anew${pauseMs === 0 ? '' : ` in ${pauseMs / 1_000} s`}`);
    await pause(pauseMs);
    return !closing.signal.aborted;
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        closing.signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      closing.signal.addEventListener('abort', end);
    });
  }

  /** One after the other: a crash while the page is being opened is found by that opening. */
  function reopen(why: string): void {
    if (opened === null || closing.signal.aborted) return;
    const ended = opened;
    gone.add(ended);
    working = working.then(() => (opened === ended ? keepOpen(why) : undefined));
  }

  function lost(why: string): void {
    if (opened !== null && !closing.signal.aborted) onLost();
    reopen(why);
  }

  async function overlap(why: string, call: (life: string) => Understudy): Promise<void> {
    const old = opened;
    if (old === null || gone.has(old) || closing.signal.aborted) return;
    say(`${what}: ${why}; preparing another one behind it`);
    const cover = await inTime(old.picture()).catch(() => undefined);
    const life = newLife();
    const understudy = call(life);
    const next = await openOne(life, { unseen: true, cover }).catch((error: unknown) => passOn(`another one cannot be opened: ${firstLine(error)}`));
    if (next === undefined) {
      understudy.dismiss();
      return;
    }
    const taken = await replaceUnseen({ understudy, reveal: () => next.reveal(), isOver: () => closing.signal.aborted || gone.has(next), oldIsGone: () => gone.has(old), pause }).catch((error: unknown) => {
      passOn(`the other one cannot be brought to the front: ${firstLine(error)}`);
      understudy.dismiss();
      return false;
    });
    if (!taken) {
      say(`${what}: the other one did not come up; this one stays`);
      await end(next);
      return;
    }
    opened = next;
    came();
    await end(old);
  }

  /** What cannot be ended must not hold up what comes after. */
  async function end(page: OpenedPage): Promise<void> {
    await page.close().catch((error: unknown) => passOn(`its browser cannot be ended: ${firstLine(error)}`));
  }

  return {
    reload(why) {
      if (opened === null) return;
      say(`${what}: ${why}; loading it anew`);
      const asked = opened;
      upSinceMs = null;
      asked.reload().then(
        () => (opened === asked ? (upSinceMs = performance.now()) : undefined),
        (error: unknown) => (opened === asked ? reopen(`does not answer (${firstLine(error)})`) : undefined),
      );
    },
    reopen,
    replace(why, call) {
      working = working.then(() => overlap(why, call));
      return working;
    },
    upMs: () => (upSinceMs === null ? null : performance.now() - upSinceMs),
    look: () => opened?.look() ?? Promise.resolve('blank'),
    memoryBytes: () => opened?.memoryBytes() ?? Promise.resolve(null),
    releaseCaches: () => opened?.releaseCaches() ?? Promise.resolve(),
    get opened() {
      return opened;
    },
    async close() {
      closing.abort();
      await working;
      if (opened !== null) await end(opened);
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
