import type * as Electron from 'electron';
import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from 'electron';
import type { Shell, ShellRequest } from '../shell.ts';

/** Electron's own module, handed in: outside Electron it cannot be imported, and tests bring a double. */
export type ElectronApi = Pick<typeof Electron, 'app' | 'BrowserWindow' | 'powerSaveBlocker' | 'protocol' | 'session'>;

export const SCHEME = 'litfass';
const ORIGIN = `${SCHEME}://player`;

/** Must run before Electron is ready: a scheme with an origin of its own, secure, with streamed fetch. */
export function registerScheme({ protocol }: ElectronApi): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
}

/**
 * The player's pages in Electron: `litfass://player/…` is answered by the player itself, so no port is open. Pages are
 * sandboxed, isolated and without Node; only the vision page may use the camera; nothing navigates or opens windows.
 */
export async function openElectronShell(electron: ElectronApi, { player, say, windowed }: ShellRequest & { readonly windowed: boolean }): Promise<Shell> {
  electron.protocol.handle(SCHEME, (request) => player.fetch(request, { role: 'screen' }));
  electron.session.defaultSession.setPermissionRequestHandler((contents, permission, answer) => answer(permission === 'media' && isVision(contents)));
  electron.session.defaultSession.setPermissionCheckHandler((contents, permission) => permission === 'media' && contents !== null && isVision(contents));
  electron.powerSaveBlocker.start('prevent-display-sleep');

  const stage = openWindow(electron, { kiosk: !windowed, fullscreen: !windowed, width: 1280, height: 720, autoHideMenuBar: true, backgroundColor: '#101418' }, 'stage page', say);
  await stage.loadURL(`${ORIGIN}/stage/`);
  player.onStageSilent(() => renew(stage));

  let vision: BrowserWindow | null = null;
  player.onSensing((wanted) => {
    if (wanted && vision === null) {
      vision = openWindow(electron, { show: false }, 'vision page', say);
      vision.loadURL(`${ORIGIN}/vision/`).catch((error: unknown) => say(`vision page: cannot be opened: ${String(error)}`));
    } else if (!wanted) {
      vision?.destroy();
      vision = null;
    }
  });

  return {
    kind: 'electron',
    viewUrl: null,
    close() {
      vision?.destroy();
      stage.destroy();
      return Promise.resolve();
    },
  };
}

function openWindow({ BrowserWindow }: ElectronApi, options: BrowserWindowConstructorOptions, what: string, say: (line: string) => void): BrowserWindow {
  const window = new BrowserWindow({
    ...options,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, backgroundThrottling: false, autoplayPolicy: 'no-user-gesture-required' },
  });
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.webContents.on('render-process-gone', (_event, details) => {
    say(`${what}: ended (${details.reason}); loading it anew`);
    renew(window);
  });
  return window;
}

function renew(window: BrowserWindow): void {
  if (!window.isDestroyed()) window.webContents.reloadIgnoringCache();
}

function isVision(contents: WebContents): boolean {
  return contents.getURL().startsWith(`${ORIGIN}/vision/`);
}
