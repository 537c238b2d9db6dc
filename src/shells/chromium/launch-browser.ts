import { chromium, type BrowserContext } from 'playwright-core';
import { FRAMES_APART } from '../frames-apart.ts';
import { coverPage } from './cover.ts';
import { crashArguments, crashEnvironment, keepsDumps, NO_DUMPS } from './crash-switches.ts';
import type { PageRequest, PageWindow } from './page-request.ts';
import { UNSEEN_LEFT } from './place-window.ts';

/** An application window has no tabs and no address bar. It opens empty: the address holds a token, and arguments can be read. */
const EMPTY_APP = '--app=data:text/html,<title>Litfass</title>';
const WINDOW_ARGS: Readonly<Record<PageWindow, readonly string[]>> = {
  kiosk: [EMPTY_APP, '--kiosk'],
  window: [EMPTY_APP, '--window-size=1280,720'],
  headless: ['--enable-unsafe-swiftshader'],
};

const UNSEEN_ARGS = ['--kiosk', `--window-position=${UNSEEN_LEFT},0`, '--window-size=1280,720'];

/**
 * Answers the question for the camera with yes. Granting it to one origin is not enough for a headless shell, and there is
 * no other page in this browser.
 */
const CAMERA = ['--use-fake-ui-for-media-stream'];

/** Every other page that asks for anything is refused, without a question to shoppers. */
const NO_QUESTIONS = ['--deny-permission-prompts'];

/** Chromium refuses its own sandbox to root, and says so to shoppers unless it takes this for a test. Elsewhere it stays on. */
const IS_ROOT = process.getuid?.() === 0;

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

/** The last list of features counts, so what the driver wants of its browsers is said again here. */
const APART = [
  '--site-per-process',
  `--enable-features=${FRAMES_APART['enable-features']},CDPScreenshotNewSurface,SkipListAccountsWithoutGaiaCookies`,
];

/** A browser of its own for one page, empty as yet. */
export function launchBrowser(request: PageRequest, profile: string): Promise<BrowserContext> {
  const headless = isHeadless(request);
  return chromium.launchPersistentContext(profile, {
    executablePath: request.browser.path,
    headless,
    env: { ...process.env, ...request.browser.env, ...crashEnvironment(request) },
    chromiumSandbox: !IS_ROOT,
    // A display that people named has a size of its own.
    viewport: headless && request.display === undefined ? { width: 1280, height: 720 } : null,
    acceptDownloads: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    // "Controlled by automated test software" is no message for shoppers.
    ignoreDefaultArgs: ['--enable-automation', ...(keepsDumps(request) ? [NO_DUMPS] : [])],
    args: [...QUIET, ...APART, ...crashArguments(request), ...(IS_ROOT ? ['--test-type'] : []), ...argsOf(request), ...(request.camera === true ? CAMERA : NO_QUESTIONS), ...(request.extraArgs ?? [])],
  });
}

export function isHeadless({ window }: PageRequest): boolean {
  return window === 'headless';
}

function argsOf({ window, unseen, cover }: PageRequest): readonly string[] {
  if (window === 'headless' || unseen !== true) return WINDOW_ARGS[window];
  return [...UNSEEN_ARGS, cover === undefined ? EMPTY_APP : `--app=${coverPage(cover)}`];
}
