import type * as Electron from 'electron';
import type { ScreenSettings } from '../../contract/index.ts';
import type { SetUp } from '../../player/index.ts';
import { confine } from './confine.ts';

const ORIGIN = 'litfass://player';

/** Shows the set-up page until somebody has answered it. @returns `null` when it was told to stop before */
export async function showSetUpInElectron({ BrowserWindow, protocol, session }: Pick<typeof Electron, 'BrowserWindow' | 'protocol' | 'session'>, setUp: SetUp, windowed: boolean, stop: AbortSignal): Promise<ScreenSettings | null> {
  protocol.handle('litfass', (request) => setUp.fetch(request, { role: 'screen' }));
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  const window = new BrowserWindow({ kiosk: !windowed, fullscreen: !windowed, width: 1280, height: 720, autoHideMenuBar: true, backgroundColor: '#11100e', webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false } });
  confine(window.webContents, ORIGIN);
  try {
    await window.loadURL(`${ORIGIN}/set-up/`);
    const stopped = new Promise<null>((resolve) => {
      if (stop.aborted) resolve(null);
      stop.addEventListener('abort', () => resolve(null), { once: true });
    });
    return await Promise.race([setUp.settled, stopped]);
  } finally {
    window.destroy();
    // The player answers this scheme next.
    protocol.unhandle('litfass');
  }
}
