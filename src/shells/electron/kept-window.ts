import type { BrowserWindow, BrowserWindowConstructorOptions, RenderProcessGoneDetails } from 'electron';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOOK, parseLook, type Look } from '../look.ts';
import { MUTE } from '../mute.ts';
import { Patience } from '../patience.ts';
import { createSparingSay } from '../sparing-say.ts';
import type { ElectronApi } from './electron-api.ts';
import { confine } from './confine.ts';

const KILOBYTE = 1_024;
/** Width of a picture for the hub: to see what is shown, not to read it. */
const PICTURE_PX = 640;
/** The new window has this long to present something before the old one goes all the same. */
const REPLACE_MS = 15_000;

export interface KeptWindow {
  /** Load its page anew. */
  reload(why: string): void;
  /** In a new window with a new process. */
  reopen(why: string): void;
  /** In a new window, and the old one stays in front until the new one is up. */
  replace(why: string, isUp: () => boolean): Promise<void>;
  look(): Promise<Look>;
  memoryBytes(): Promise<number | null>;
  /** A small picture of it, JPEG in base64. */
  picture(): Promise<string>;
  /** Runs a script of ours in its page. */
  run(script: string): Promise<unknown>;
  close(): void;
}

export interface KeptWindowOptions {
  readonly electron: ElectronApi;
  /** Where the page lies, and all that it may reach: `litfass://player`. */
  readonly origin: string;
  readonly path: string;
  readonly window: BrowserWindowConstructorOptions;
  /** What people call it. */
  readonly what: string;
  readonly say: (line: string) => void;
  /** A life of this length was no part of a loop of crashes, ms. */
  readonly steadyMs: number;
}

/**
 * Keeps one window open for years: a page that ended or hangs is loaded anew, a closed window opened anew, with a pause that
 * doubles. The page is sandboxed, isolated and without Node, and neither navigates nor opens windows.
 */
export function keepWindow({ electron, origin, path, window: look, what, say, steadyMs }: KeptWindowOptions): KeptWindow {
  const patience = new Patience(steadyMs);
  const passOn = createSparingSay((line) => say(`${what}: ${line}`));
  let closing = false;
  let openedMs = 0;
  let timer: NodeJS.Timeout | null = null;
  let window = open();

  function open(): BrowserWindow {
    openedMs = performance.now();
    const opened = new electron.BrowserWindow({
      ...look,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required', spellcheck: false, devTools: false },
    });
    const { webContents } = opened;
    confine(webContents, origin);
    // Of a window that was replaced nobody wants to hear any more.
    const ended = (why: string): void => (opened === window ? again(why) : undefined);
    webContents.on('render-process-gone', (_event, { reason }: RenderProcessGoneDetails) => ended(`ended (${reason})`));
    webContents.on('console-message', ({ level, message }) => (level === 'error' ? passOn(message) : undefined));
    // Its process would hang for ever; once it is gone, the line above takes over.
    opened.on('unresponsive', () => webContents.forcefullyCrashRenderer());
    // Alt+F4 is for desks; a stage that was closed all the same is opened anew.
    opened.on('close', (event) => (closing || opened !== window ? undefined : event.preventDefault()));
    opened.on('closed', () => ended('was closed'));
    opened.loadURL(origin + path).catch((error: unknown) => ended(`cannot be loaded (${String(error)})`));
    return opened;
  }

  function isClosing(): boolean {
    return closing;
  }

  function again(why: string): void {
    if (closing || timer !== null) return;
    const pauseMs = patience.afterLife(performance.now() - openedMs);
    say(`${what}: ${why}; opening it anew${pauseMs === 0 ? '' : ` in ${pauseMs / 1_000} s`}`);
    timer = setTimeout(() => {
      timer = null;
      if (window.isDestroyed()) window = open();
      else load();
    }, pauseMs);
  }

  function load(): void {
    openedMs = performance.now();
    window.webContents.reloadIgnoringCache();
  }

  /** The old one goes when `isUp` says so, or after a while. */
  async function overlap(why: string, isUp: () => boolean): Promise<void> {
    if (closing || timer !== null) return;
    say(`${what}: ${why}; opening a new one`);
    const old = window;
    await old.webContents.executeJavaScript(MUTE).catch((error: unknown) => passOn(String(error)));
    window = open();
    const untilMs = performance.now() + REPLACE_MS;
    while (!isUp() && performance.now() < untilMs && !isClosing()) await sleep(50);
    if (!old.isDestroyed()) old.destroy();
  }

  return {
    reload(why) {
      if (closing || timer !== null || window.isDestroyed()) return;
      say(`${what}: ${why}; loading it anew`);
      load();
    },
    reopen(why) {
      if (closing || timer !== null) return;
      say(`${what}: ${why}; opening a new window`);
      const old = window;
      window = open();
      if (!old.isDestroyed()) old.destroy();
    },
    replace: overlap,
    look: async () => parseLook(await window.webContents.executeJavaScript(LOOK)),
    memoryBytes() {
      const own = window.webContents.getOSProcessId();
      const ours = electron.app.getAppMetrics().filter(({ pid, type }) => pid === own || type === 'GPU');
      return Promise.resolve(ours.reduce((sum, { memory }) => sum + memory.workingSetSize * KILOBYTE, 0));
    },
    picture: async () => (await window.webContents.capturePage()).resize({ width: PICTURE_PX }).toJPEG(55).toString('base64'),
    run: (script) => window.webContents.executeJavaScript(script),
    close() {
      closing = true;
      if (timer !== null) clearTimeout(timer);
      if (!window.isDestroyed()) window.destroy();
    },
  };
}
