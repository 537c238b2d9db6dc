import { chromium, type Browser, type Page } from 'playwright-core';
import type { BrowserProgram } from './bundled-browser.ts';

export interface OpenedPage {
  /** Load the page anew, e.g. because it hangs. */
  reload(): Promise<void>;
  /** The page itself, for tests and screenshots. */
  readonly page: Page;
  close(): Promise<void>;
}

export interface PageRequest {
  readonly browser: BrowserProgram;
  readonly url: string;
  /** In a window that fills the display, or unseen. */
  readonly window: 'kiosk' | 'headless';
  /** Let this page use the camera. */
  readonly camera?: boolean;
  readonly extraArgs?: readonly string[];
  /** The browser died, the page crashed, or it wrote an error to its console. */
  readonly onProblem: (what: 'browser-gone' | 'page-crashed' | 'page-error', message: string) => void;
}

/** Nothing may phone home, ask, translate, or slow a page down because nobody looks at its window. */
const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-translate',
  '--disable-domain-reliability',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--autoplay-policy=no-user-gesture-required',
  '--noerrdialogs',
  '--hide-crash-restore-bubble',
];

/**
 * Opens one page in a Chromium of its own: the stage and the camera page do not share a process, so one can die or leak
 * without the other.
 */
export async function openPage(request: PageRequest): Promise<OpenedPage> {
  const headless = request.window === 'headless';
  // Answers the question for the camera with yes. Granting it to one origin is not enough for a headless shell, and there is
  // no other page in this browser.
  const camera = request.camera === true ? ['--use-fake-ui-for-media-stream'] : [];
  const browser = await chromium.launch({
    executablePath: request.browser.path,
    headless,
    env: { ...process.env, ...request.browser.env },
    // Chromium refuses its own sandbox to root; everywhere else it stays on.
    chromiumSandbox: process.getuid?.() !== 0,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...QUIET, ...(headless ? ['--enable-unsafe-swiftshader'] : ['--kiosk']), ...camera, ...(request.extraArgs ?? [])],
  });
  let closing = false;
  browser.on('disconnected', () => {
    if (!closing) request.onProblem('browser-gone', 'the browser ended');
  });
  const page = await openIn(browser, request, headless);
  return {
    page,
    async reload() {
      // A hung page does not answer a navigation; it gets five seconds before whoever supervises tries something stronger.
      await page.goto(request.url, { timeout: 5_000, waitUntil: 'commit' });
    },
    async close() {
      closing = true;
      await browser.close();
    },
  };
}

async function openIn(browser: Browser, request: PageRequest, headless: boolean): Promise<Page> {
  const context = await browser.newContext({ viewport: headless ? { width: 1280, height: 720 } : null, acceptDownloads: false });
  const page = await context.newPage();
  // Nobody is there to press "OK": a dialog would stop the page for ever.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  page.on('crash', () => request.onProblem('page-crashed', 'the page crashed'));
  page.on('pageerror', (error) => request.onProblem('page-error', error.message));
  context.on('page', (opened) => void opened.close().catch(() => undefined));
  await page.goto(request.url, { waitUntil: 'commit', timeout: 30_000 });
  return page;
}
