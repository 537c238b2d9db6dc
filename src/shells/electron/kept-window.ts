import type { BrowserWindow, BrowserWindowConstructorOptions, RenderProcessGoneDetails } from 'electron';
import type { Understudy } from '../../player/index.ts';
import { newLife } from '../life.ts';
import { LOOK, parseLook } from '../look.ts';
import { Patience } from '../patience.ts';
import { replaceUnseen } from '../replace-unseen.ts';
import { createSparingSay } from '../sparing-say.ts';
import type { StagePage } from '../supervision/index.ts';
import type { ElectronApi } from './electron-api.ts';
import { confine } from './confine.ts';
import type { StagePlace } from './stage-place.ts';
import { quietFrames } from './quiet-frames.ts';
import { watchFrames } from './watch-frames.ts';

const KILOBYTE = 1_024;
/** Width of a picture for the hub: to see what is shown, not to read it. */
const PICTURE_PX = 640;

export interface KeptWindow extends StagePage {
  /** A small picture of it, JPEG in base64. */
  picture(): Promise<string>;
  /** Brings it there, or hides it. */
  place(place: StagePlace): void;
  /** Runs a script of ours in its page. */
  run(script: string): Promise<unknown>;
  close(): void;
}

export interface KeptWindowOptions {
  readonly electron: ElectronApi;
  /** Where the page lies, and all that it may reach: `litfass://player`. */
  readonly origin: string;
  readonly path: string;
  /** How it is to be opened now: asked each time, for displays come and go. */
  readonly window: () => BrowserWindowConstructorOptions;
  /** What people call it. */
  readonly what: string;
  readonly say: (line: string) => void;
  /** A life of this length was no part of a loop of crashes, ms. */
  readonly steadyMs: number;
  /** Told the life of each page that is opened to be seen, before it is. */
  readonly onLife?: (life: string) => void;
  /** Its page crashed or its window is gone; it is opened anew. */
  readonly onLost?: () => void;
}

/**
 * Keeps one window open for years: a page that ended or hangs is loaded anew, a closed window opened anew, with a pause that
 * doubles. The page is sandboxed, isolated and without Node, and neither navigates nor opens windows.
 */
export function keepWindow({ electron, origin, path, window: optionsNow, what, say, steadyMs, onLife = () => undefined, onLost = () => undefined }: KeptWindowOptions): KeptWindow {
  const patience = new Patience(steadyMs);
  const passOn = createSparingSay((line) => say(`${what}: ${line}`));
  let closing = false;
  let openedMs = 0;
  let timer: NodeJS.Timeout | null = null;
  let window = open();

  /** @param understudy life of one that is opened beside the window in front, and not before it; it presents frames all the same */
  function open(understudy?: string): BrowserWindow {
    const unseen = understudy !== undefined;
    const life = understudy ?? newLife();
    if (!unseen) {
      openedMs = performance.now();
      onLife(life);
    }
    const options = optionsNow();
    const opened = new electron.BrowserWindow({
      ...options,
      // Full-screen windows come up at once, whatever is said.
      ...(unseen ? { show: false, kiosk: false, fullscreen: false, paintWhenInitiallyHidden: true } : {}),
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required', spellcheck: false, devTools: false },
    });
    const { webContents } = opened;
    confine(webContents, origin);
    watchFrames(electron, webContents);
    quietFrames(webContents, origin);
    // Of a window that was replaced nobody wants to hear any more.
    const ended = (why: string): void => (opened === window ? again(why) : undefined);
    webContents.on('render-process-gone', (_event, { reason }: RenderProcessGoneDetails) => ended(`ended (${reason})`));
    webContents.on('console-message', ({ level, message }) => (level === 'error' ? passOn(message) : undefined));
    // Its process would hang for ever; once it is gone, the line above takes over.
    opened.on('unresponsive', () => webContents.forcefullyCrashRenderer());
    // Alt+F4 is for desks; a stage that was closed all the same is opened anew.
    opened.on('close', (event) => (closing || opened !== window ? undefined : event.preventDefault()));
    opened.on('closed', () => ended('was closed'));
    opened.loadURL(`${origin}${path}?life=${life}`).catch((error: unknown) => ended(`cannot be loaded (${String(error)})`));
    return opened;
  }

  function again(why: string): void {
    if (closing || timer !== null) return;
    onLost();
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

  async function overlap(why: string, call: (life: string) => Understudy): Promise<void> {
    if (closing || timer !== null || window.isDestroyed()) return;
    say(`${what}: ${why}; preparing another one behind it`);
    const old = window;
    const life = newLife();
    const understudy = call(life);
    const next = open(life);
    const taken = await replaceUnseen({
      understudy,
      reveal() {
        const { show = true, kiosk = false } = optionsNow();
        if (show) next.show();
        if (show && kiosk) next.setKiosk(true);
        return Promise.resolve();
      },
      isOver: () => closing || next.isDestroyed(),
      oldIsGone: () => window !== old || old.isDestroyed() || timer !== null,
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    });
    if (!taken) {
      say(`${what}: the other one did not come up; this one stays`);
      if (!next.isDestroyed()) next.destroy();
      return;
    }
    stopWaiting();
    const left = new Set([old, window]);
    window = next;
    openedMs = performance.now();
    for (const one of left) if (!one.isDestroyed()) one.destroy();
  }

  function stopWaiting(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
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
    upMs: () => (timer === null ? performance.now() - openedMs : null),
    look: async () => parseLook(await window.webContents.executeJavaScript(LOOK)),
    memoryBytes() {
      // Each frame of a creative has a process of its own.
      const own = new Set(window.webContents.mainFrame.framesInSubtree.map(({ osProcessId }) => osProcessId));
      const ours = electron.app.getAppMetrics().filter(({ pid, type }) => own.has(pid) || type === 'GPU');
      return Promise.resolve(ours.reduce((sum, { memory }) => sum + memory.workingSetSize * KILOBYTE, 0));
    },
    picture: async () => (await window.webContents.capturePage()).resize({ width: PICTURE_PX }).toJPEG(55).toString('base64'),
    place({ bounds, whole }) {
      if (window.isDestroyed()) return;
      // Neither a kiosk nor a full-screen window can be moved.
      window.setKiosk(false);
      window.setFullScreen(false);
      if (bounds === null) {
        window.hide();
        return;
      }
      window.setBounds(bounds);
      window.showInactive();
      if (whole) window.setKiosk(true);
    },
    run: (script) => window.webContents.executeJavaScript(script),
    close() {
      closing = true;
      stopWaiting();
      if (!window.isDestroyed()) window.destroy();
    },
  };
}
