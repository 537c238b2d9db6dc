import { openSetUp, type SetUpOptions, type SetUpOutcome } from '../../player/index.ts';
import { offerDisplays } from '../choose-display.ts';
import type { ElectronApi } from './electron-api.ts';
import { keepWindow } from './kept-window.ts';
import { followDisplays, stagePlace, windowOn, type StagePlaceOptions } from './stage-place.ts';

const SCHEME = 'litfass';
const ORIGIN = `${SCHEME}://player`;
const STEADY_MS = 5_000;

export interface SetUpInElectron extends Pick<SetUpOptions, 'dataDir' | 'projectDir'>, StagePlaceOptions {
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
}

/** Shows the set-up page, on the display of its screen, until somebody has answered it. @returns `null` when it was told to stop before */
export async function showSetUpInElectron(electron: ElectronApi, { dataDir, projectDir, say, stop, ...where }: SetUpInElectron): Promise<SetUpOutcome | null> {
  const { display } = where;
  const displays = () => Promise.resolve(offerDisplays(electron.screen.getAllDisplays()));
  const setUp = openSetUp({ dataDir, projectDir, displays, ...(display === undefined ? {} : { ownDisplay: display }) });
  electron.protocol.handle(SCHEME, (request) => setUp.fetch(request, { role: 'screen' }));
  electron.session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  const window = keepWindow({ electron, origin: ORIGIN, path: '/set-up/', window: () => ({ ...windowOn(stagePlace(electron, where)), autoHideMenuBar: true, backgroundColor: '#11100e' }), what: 'set-up page', say, steadyMs: STEADY_MS });
  const following = followDisplays(electron, where, { place: (place) => window.place(place), say });
  try {
    const stopped = new Promise<null>((resolve) => {
      if (stop.aborted) resolve(null);
      stop.addEventListener('abort', () => resolve(null), { once: true });
    });
    return await Promise.race([setUp.settled, stopped]);
  } finally {
    following.close();
    window.close();
    // The player answers this scheme next.
    electron.protocol.unhandle(SCHEME);
  }
}
