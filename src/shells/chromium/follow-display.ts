import type { OpenedPage } from './open-page.ts';

const LOOK_MS = 5_000;

export interface FollowDisplayOptions {
  /** The stage as it is now; `null` between two lives. */
  readonly opened: () => Pick<OpenedPage, 'settle'> | null;
  readonly display: string | undefined;
  readonly say: (line: string) => void;
  /** For tests. */
  readonly everyMs?: number;
}

/** Looks every few seconds whether the stage stands on its display: no browser tells when one is plugged in. */
export function followDisplay({ opened, display, say, everyMs = LOOK_MS }: FollowDisplayOptions): { close(): void } {
  let isGone = false;
  let asked: object | null = null;

  async function look(page: Pick<OpenedPage, 'settle'>): Promise<void> {
    asked = page;
    const found = await page.settle();
    asked = null;
    if (found === 'gone' && !isGone) say(`the display "${display ?? '1'}" is gone; the stage is hidden until it is back. Plug it in, or choose another one with --display.`);
    if (found === 'moved') say('the display of the stage has come or changed; the stage fills it again');
    isGone = found === 'gone';
  }

  const timer = setInterval(() => {
    const page = opened();
    // A page that hangs does not answer; whoever supervises it opens another.
    if (page !== null && page !== asked) look(page).catch(() => (asked = null));
  }, everyMs);
  return { close: () => clearInterval(timer) };
}
