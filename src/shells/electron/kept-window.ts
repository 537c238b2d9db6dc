import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { Patience } from '../patience.ts';
import type { ElectronApi } from './electron-api.ts';

export interface KeptWindow {
  /** Its page says nothing any more. */
  renew(): void;
  close(): void;
}

/**
 * Keeps one window open for years: a page that ended or hangs is loaded anew, a closed window opened anew, with a pause that
 * doubles. The page is sandboxed, isolated and without Node, and neither navigates nor opens windows.
 */
export function keepWindow(electron: ElectronApi, url: string, options: BrowserWindowConstructorOptions, what: string, say: (line: string) => void): KeptWindow {
  const patience = new Patience();
  let closing = false;
  let openedMs = 0;
  let timer: NodeJS.Timeout | null = null;
  let window = open();

  function open(): BrowserWindow {
    openedMs = performance.now();
    const opened = new electron.BrowserWindow({
      ...options,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' },
    });
    const { webContents } = opened;
    webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    webContents.on('will-navigate', (event) => event.preventDefault());
    webContents.on('render-process-gone', (_event, { reason }) => again(`ended (${reason})`));
    // Its process would hang for ever; once it is gone, the line above takes over.
    opened.on('unresponsive', () => webContents.forcefullyCrashRenderer());
    opened.on('closed', () => again('was closed'));
    opened.loadURL(url).catch((error: unknown) => again(`cannot be loaded (${String(error)})`));
    return opened;
  }

  function again(why: string): void {
    if (closing || timer !== null) return;
    const pauseMs = patience.afterLife(performance.now() - openedMs);
    say(`${what}: ${why}; opening it anew${pauseMs === 0 ? '' : ` in ${pauseMs / 1_000} s`}`);
    timer = setTimeout(() => {
      timer = null;
      if (!window.isDestroyed()) {
        openedMs = performance.now();
        window.webContents.reloadIgnoringCache();
      } else window = open();
    }, pauseMs);
  }

  return {
    renew: () => again('says nothing'),
    close() {
      closing = true;
      if (timer !== null) clearTimeout(timer);
      if (!window.isDestroyed()) window.destroy();
    },
  };
}
