import { rm } from 'node:fs/promises';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { LitfassError, type OfferedDisplay } from '../../contract/index.ts';
import type { BrowserProgram } from './bundled-browser.ts';
import { coverPage, coverScript } from './cover.ts';
import { CONFINE, NO_POINTER, quietFrames } from './confine-page.ts';
import { crashArguments, crashEnvironment, keepsDumps, NO_DUMPS } from './crash-switches.ts';
import { browserProcess, endBrowser } from './end-browser.ts';
import { forgetRequests } from './forget-requests.ts';
import { offerDisplays } from '../choose-display.ts';
import { openCrashFolder } from '../crash-dumps.ts';
import { FRAMES_APART } from '../frames-apart.ts';
import { LOOK, parseLook, type Look } from '../look.ts';
import { memoryOfBrowser, releaseCaches } from './process-memory.ts';
import { displaysOf, placeWindow, revealWindow, settlingWindow, UNSEEN_LEFT, type Settled } from './place-window.ts';
import { newProfile } from './profile.ts';
import { WAKE_LOCK } from './stay-awake.ts';
import { watchFrames } from './watch-frames.ts';

export interface OpenedPage {
  /** Load the page anew, e.g. because it hangs. */
  reload(): Promise<void>;
  /** Brings a page that was opened unseen to its display, before all others. */
  reveal(): Promise<void>;
  /** Brings its window back to its display, should that have come, gone or changed. */
  settle(): Promise<Settled>;
  /** The displays that there are. */
  displays(): Promise<readonly OfferedDisplay[]>;
  /** What stands on the page; no answer when it hangs. */
  look(): Promise<Look>;
  /** What its processes hold, bytes. */
  memoryBytes(): Promise<number | null>;
  /** Has its processes let go of all that they keep in case it is wanted again. */
  releaseCaches(): Promise<void>;
  /** A small picture of it, JPEG in base64. */
  picture(): Promise<string>;
  /** Runs a script of ours in it. */
  run(script: string): Promise<unknown>;
  /** The page itself and the browser's process, for tests. */
  readonly page: Page;
  readonly pid: number | null;
  close(): Promise<void>;
}

export type PageWindow = 'kiosk' | 'window' | 'headless';

export interface PageRequest {
  readonly browser: BrowserProgram;
  readonly url: string;
  /** `kiosk` fills the display, `window` is one among others on somebody's desk, `headless` is unseen. */
  readonly window: PageWindow;
  /** Which display, as `chooseDisplay` reads it. */
  readonly display?: string;
  /** Open it where nobody sees it, to be revealed later; it presents frames there all the same. */
  readonly unseen?: boolean;
  /** Picture of the page that it is to replace, JPEG in base64, for where a new window is seen at once whatever is asked. */
  readonly cover?: string | undefined;
  /** Nobody points at this page: no cursor stands on it, nor on the frames in it. */
  readonly withoutPointer?: boolean;
  /** Keep the display on while this page is seen. */
  readonly awake?: boolean;
  /** Let this page use the camera. */
  readonly camera?: boolean;
  /** Keep dumps of its crashes there, on this machine alone. Never of a page with a camera: a dump holds what was in memory. */
  readonly crashes?: string;
  readonly extraArgs?: readonly string[];
  /** The browser died, the page crashed, or it wrote an error to its console. */
  readonly onProblem: (what: 'browser-gone' | 'page-crashed' | 'page-error', message: string) => void;
}

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

/** A browser on a cold, slow disk takes half of it. */
const OPEN_MS = 60_000;
const RELOAD_MS = 2_500;
/** Longer side of a picture for the hub: to see what is shown, not to read it. */
const PICTURE_PX = 640;
const PICTURE_MS = 3_000;

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

/**
 * Opens one page in a Chromium of its own: the stage and the camera page do not share a process, so one can die or leak
 * without the other.
 */
export async function openPage(request: PageRequest): Promise<OpenedPage> {
  const headless = isHeadless(request);
  if (keepsDumps(request)) openCrashFolder(request.crashes);
  const profile = await newProfile();
  let context: BrowserContext | null = null;
  let pid: number | null = null;
  let closing = false;
  const close = async (): Promise<void> => {
    closing = true;
    if (context !== null) await endBrowser(context, pid);
    // What its last process still writes to is swept when the next program starts.
    await rm(profile, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  };
  const open = async (): Promise<Page> => {
    context = await launch(request, profile);
    pid = await inTime(browserProcess(context));
    context.on('close', () => (closing ? undefined : request.onProblem('browser-gone', 'the browser ended')));
    return inTime(openIn(context, request));
  };
  // A browser whose page could not be opened would otherwise live on, and its folder stay, one more with each try.
  const page = await open().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    page,
    pid,
    async reload() {
      // A hung page does not answer a navigation; it gets this long before whoever supervises tries something stronger.
      await page.goto(request.url, { timeout: RELOAD_MS, waitUntil: 'commit' });
    },
    reveal: () => (headless ? Promise.resolve() : revealWindow(page, request.window === 'kiosk', request.display)),
    settle: settlingWindow(page, request.display),
    displays: async () => offerDisplays(await displaysOf(page)),
    picture: () => pictureOf(page),
    run: (script) => page.evaluate(script),
    look: async () => parseLook(await page.evaluate(LOOK)),
    memoryBytes: () => memoryOfBrowser(profile, page),
    releaseCaches: () => releaseCaches(page),
    close,
  };
}

function launch(request: PageRequest, profile: string): Promise<BrowserContext> {
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

/** Most of what is asked of a browser has no limit of its own, and one that hangs while it opens answers nothing. */
async function inTime<T>(opening: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LitfassError('browser-hangs', `the browser gave no answer within ${OPEN_MS / 1_000} s`)), OPEN_MS);
  });
  try {
    return await Promise.race([opening, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isHeadless({ window }: PageRequest): boolean {
  return window === 'headless';
}

function argsOf({ window, unseen, cover }: PageRequest): readonly string[] {
  if (window === 'headless' || unseen !== true) return WINDOW_ARGS[window];
  return [...UNSEEN_ARGS, cover === undefined ? EMPTY_APP : `--app=${coverPage(cover)}`];
}

/** A frame as it was put out for the panel, made smaller. A screenshot would lay the page out anew for its size, before the shoppers' eyes. */
async function pictureOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  let late: NodeJS.Timeout | undefined;
  try {
    const frame = new Promise<string>((resolve, reject) => {
      session.once('Page.screencastFrame', ({ data }) => resolve(data));
      late = setTimeout(() => reject(new LitfassError('picture-failed', `The page put out no frame within ${PICTURE_MS} ms: nothing can be seen of it now.`)), PICTURE_MS);
    });
    const [data] = await Promise.all([frame, session.send('Page.startScreencast', { format: 'jpeg', quality: 55, maxWidth: PICTURE_PX, maxHeight: PICTURE_PX })]);
    return data;
  } finally {
    clearTimeout(late);
    await session.detach();
  }
}

async function openIn(context: BrowserContext, request: PageRequest): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  // Nobody is there to press "OK": a dialog would stop the page for ever.
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => undefined));
  page.on('crash', () => request.onProblem('page-crashed', 'the page crashed'));
  page.on('pageerror', (error) => request.onProblem('page-error', error.message));
  watchFrames(page);
  forgetRequests(page);
  context.on('page', (opened) => void opened.close().catch(() => undefined));
  if (request.cover !== undefined && !isHeadless(request)) await page.addInitScript(coverScript(request.cover));
  if (request.withoutPointer === true) await page.addInitScript(NO_POINTER);
  await page.addInitScript(CONFINE);
  await page.addInitScript(quietFrames(request.url));
  if (request.awake === true) await page.addInitScript(WAKE_LOCK);
  await page.goto(request.url, { waitUntil: 'commit', timeout: 30_000 });
  if (request.unseen === true) return page;
  if (request.display !== undefined) await placeWindow(page, request.display);
  // Without a window manager nobody makes a kiosk as large as its display.
  else if (request.window === 'kiosk') await settlingWindow(page, undefined)();
  return page;
}
