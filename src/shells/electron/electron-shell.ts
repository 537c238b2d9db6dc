import type { Session, WebContents } from 'electron';
import { labelScript } from '../label.ts';
import type { Shell, ShellRequest } from '../shell.ts';
import { superviseStage, watchMemory } from '../supervision/index.ts';
import type { ElectronApi } from './electron-api.ts';
import { keepWindow, type KeptWindow } from './kept-window.ts';
import { followDisplays, stagePlace, windowOn, type StagePlaceOptions } from './stage-place.ts';

const SCHEME = 'litfass';
const ORIGIN = `${SCHEME}://player`;
/** Shoppers stand before it: a page that was up for this long is opened again at once. */
const STAGE_STEADY_MS = 5_000;
/** Loading the nets takes the machine from the stage for seconds: not every few of them. */
const VISION_STEADY_MS = 60_000;

/**
 * Must run before Electron is ready: a scheme with an origin of its own, secure, with streamed fetch. `corsEnabled`: the page of a
 * package has no origin, and may load its own fonts and modules; everything else the player answers to its own pages alone.
 */
export function registerScheme({ protocol }: Pick<ElectronApi, 'protocol'>): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true, corsEnabled: true } }]);
}

export interface ElectronShellRequest extends ShellRequest, StagePlaceOptions {
}

/**
 * The player's pages in Electron: `litfass://player/…` is answered by the player itself, so no port is open. Pages are
 * sandboxed, isolated and without Node; only the vision page may use the camera; nothing navigates or opens windows.
 */
export function openElectronShell(electron: ElectronApi, request: ElectronShellRequest): Shell {
  const { player, say, leave = () => undefined, wellForLong = () => undefined } = request;
  electron.protocol.handle(SCHEME, (asked) => player.fetch(asked, { role: 'screen' }));
  permitOnlyTheCamera(electron.session.defaultSession);
  const awake = electron.powerSaveBlocker.start('prevent-display-sleep');

  const stage = keepWindow({ electron, origin: ORIGIN, path: '/stage/', window: () => ({ ...windowOn(stagePlace(electron, request)), autoHideMenuBar: true, backgroundColor: '#101418' }), what: 'stage page', say, steadyMs: STAGE_STEADY_MS, onLife: (life) => player.announceStage(life), onLost: () => player.stageLost() });
  const supervision = superviseStage({ player, page: stage, leave, wellForLong, sharesProcesses: true });

  const displays = followDisplays(electron, request, {
    place: (place) => stage.place(place),
    say: (line) => player.fault('stage-display', line),
  });

  player.lend({ reload: (why) => stage.reload(why), picture: () => stage.picture(), label: (text) => stage.run(labelScript(text)) });

  let vision: KeptWindow | null = null;
  const visionMemory = watchMemory({ upMs: () => vision?.upMs() ?? null, memoryBytes: () => vision?.memoryBytes() ?? Promise.resolve(null), reopen: (why) => vision?.reopen(why) });
  player.onVisionSilent(() => vision?.reload('says nothing'));
  player.onSensing((wanted) => {
    if (wanted) vision ??= keepWindow({ electron, origin: ORIGIN, path: '/vision/', window: () => ({ show: false }), what: 'vision page', say, steadyMs: VISION_STEADY_MS });
    else vision?.close();
    if (!wanted) vision = null;
  });

  return {
    kind: 'electron',
    viewUrl: null,
    close() {
      supervision.close();
      visionMemory.close();
      displays.close();
      vision?.close();
      stage.close();
      electron.powerSaveBlocker.stop(awake);
      return Promise.resolve();
    },
  };
}

/** The camera for the vision page; no device, no download, and nothing else for anybody. */
function permitOnlyTheCamera(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(permission === 'media' && isVision(contents)));
  session.setPermissionCheckHandler((contents, permission) => permission === 'media' && contents !== null && isVision(contents));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}

function isVision(contents: WebContents): boolean {
  return contents.getURL().startsWith(`${ORIGIN}/vision/`);
}
