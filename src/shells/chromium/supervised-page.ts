import { openPage, type OpenedPage, type PageRequest } from './open-page.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A page that lived this long was not part of a crash loop. */
const STEADY_MS = 60_000;

export interface SupervisedPage {
  /** Load it anew; if it does not answer, in a new browser. */
  renew(): void;
  close(): Promise<void>;
}

/**
 * Keeps one page open for years: a crashed page is loaded anew, a dead browser started anew, with a pause that doubles, so
 * that a page which cannot live does not become a storm of restarts.
 */
export async function supervisePage(request: Omit<PageRequest, 'onProblem'>, what: string, say: (line: string) => void): Promise<SupervisedPage> {
  let opened: OpenedPage | null = null;
  let openedMs = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let recovering = false;
  let closed = false;
  const isClosed = (): boolean => closed;

  async function open(): Promise<void> {
    opened = await openPage({
      ...request,
      onProblem: (problem, message) => {
        if (problem === 'page-error') say(`${what}: ${message}`);
        else void recover(message);
      },
    });
    openedMs = performance.now();
  }

  async function recover(why: string): Promise<void> {
    if (recovering || closed) return;
    recovering = true;
    if (performance.now() - openedMs > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
    say(`${what}: ${why}; opening it anew`);
    while (!isClosed()) {
      try {
        await opened?.close();
        await open();
        break;
      } catch (error) {
        say(`${what}: cannot be opened (${firstLine(error)}); next try in ${pauseMs / 1_000} s`);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
      }
    }
    recovering = false;
    if (isClosed()) await opened?.close();
  }

  await open();
  return {
    renew() {
      const page = opened;
      if (recovering || page === null) return;
      page.reload().catch((error: unknown) => recover(`does not answer (${firstLine(error)})`));
    },
    async close() {
      closed = true;
      if (!recovering) await opened?.close();
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
