import type { WebContents } from 'electron';
import type { Shell, ShellRequest } from '../shell.ts';
import type { ElectronApi } from './electron-api.ts';
import { keepWindow, type KeptWindow } from './kept-window.ts';

const SCHEME = 'litfass';
const ORIGIN = `${SCHEME}://player`;

/** Must run before Electron is ready: a scheme with an origin of its own, secure, with streamed fetch. */
export function registerScheme({ protocol }: ElectronApi): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
}

/**
 * The player's pages in Electron: `litfass://player/…` is answered by the player itself, so no port is open. Pages are
 * sandboxed, isolated and without Node; only the vision page may use the camera; nothing navigates or opens windows.
 */
export function openElectronShell(electron: ElectronApi, { player, say, windowed }: ShellRequest & { readonly windowed: boolean }): Shell {
  electron.protocol.handle(SCHEME, (request) => player.fetch(request, { role: 'screen' }));
  electron.session.defaultSession.setPermissionRequestHandler((contents, permission, answer) => answer(permission === 'media' && isVision(contents)));
  electron.session.defaultSession.setPermissionCheckHandler((contents, permission) => permission === 'media' && contents !== null && isVision(contents));
  electron.powerSaveBlocker.start('prevent-display-sleep');

  const stage = keepWindow(electron, `${ORIGIN}/stage/`, { kiosk: !windowed, fullscreen: !windowed, width: 1280, height: 720, autoHideMenuBar: true, backgroundColor: '#101418' }, 'stage page', say);
  player.onStageSilent(() => stage.renew());

  let vision: KeptWindow | null = null;
  player.onVisionSilent(() => vision?.renew());
  player.onSensing((wanted) => {
    if (wanted) vision ??= keepWindow(electron, `${ORIGIN}/vision/`, { show: false }, 'vision page', say);
    else vision?.close();
    if (!wanted) vision = null;
  });

  return {
    kind: 'electron',
    viewUrl: null,
    close() {
      vision?.close();
      stage.close();
      return Promise.resolve();
    },
  };
}

function isVision(contents: WebContents): boolean {
  return contents.getURL().startsWith(`${ORIGIN}/vision/`);
}
