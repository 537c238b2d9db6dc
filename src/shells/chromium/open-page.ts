import { rm } from 'node:fs/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { LitfassError, type OfferedDisplay } from '../../contract/index.ts';
import { NO_CALLS_SCRIPT } from '../../player/index.ts';
import { coverScript } from './cover.ts';
import { CONFINE, NO_POINTER } from './confine-page.ts';
import { keepsDumps } from './crash-switches.ts';
import { browserProcess, endBrowser } from './end-browser.ts';
import { forgetRequests } from './forget-requests.ts';
import { offerDisplays } from '../choose-display.ts';
import { openCrashFolder } from '../crash-dumps.ts';
import { keepQuiet } from './keep-quiet.ts';
import { isHeadless, launchBrowser } from './launch-browser.ts';
import { LOOK, parseLook, type Look } from '../look.ts';
import type { PageRequest } from './page-request.ts';
import { memoryOfBrowser, releaseCaches } from './process-memory.ts';
import { pictureOf } from './page-picture.ts';
import { displaysOf, placeWindow, revealWindow, settlingWindow, type Settled } from './place-window.ts';
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

/** A browser on a cold, slow disk takes half of it. */
const OPEN_MS = 60_000;
const RELOAD_MS = 2_500;

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
    context = await launchBrowser(request, profile);
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
  await keepQuiet(page, request.url);
  // Creatives that are pages, and the frames they make: only they have no origin.
  await page.addInitScript(`if (origin === 'null') { ${NO_CALLS_SCRIPT} }`);
  if (request.awake === true) await page.addInitScript(WAKE_LOCK);
  await page.goto(request.url, { waitUntil: 'commit', timeout: 30_000 });
  if (request.unseen === true) return page;
  if (request.display !== undefined) await placeWindow(page, request.display);
  // Without a window manager nobody makes a kiosk as large as its display.
  else if (request.window === 'kiosk') await settlingWindow(page, undefined)();
  return page;
}
