import { LitfassError } from '../../contract/index.ts';
import { labelScript } from '../label.ts';
import type { BrowserProgram } from './bundled-browser.ts';
import { followDisplay } from './follow-display.ts';
import { createGate } from './gate.ts';
import { listen } from './listen.ts';
import { stopBlanking } from './stay-awake.ts';
import { superviseStage, watchMemory } from '../supervision/index.ts';
import { supervisePage, type SupervisedPage } from './supervised-page.ts';
import type { OpenedPage } from './open-page.ts';
import type { PageWindow } from './page-request.ts';
import type { Shell, ShellRequest } from '../shell.ts';

export interface ChromiumShellRequest extends ShellRequest {
  readonly browser: BrowserProgram;
  readonly window: PageWindow;
  readonly port: number;
  /** Which display, as `chooseDisplay` reads it; without it the system's first. */
  readonly display?: string;
  /** Folder for dumps of crashes of the stage. Of the page with the camera there are none, in no folder. */
  readonly crashes?: string;
  /** For tests: e.g. a file as camera. */
  readonly visionArgs?: readonly string[];
}

/** Shoppers stand before it: a page that was up for this long is opened again at once. */
const STAGE_STEADY_MS = 5_000;
/** Loading the nets takes the machine from the stage for seconds: not every few of them. */
const VISION_STEADY_MS = 60_000;

/** The player's pages in Chromium: the stage in one, and the camera page, only while sensing is permitted, in another. */
export async function openChromiumShell({ player, browser, window, port, display, crashes, visionArgs = [], say, leave = () => undefined, wellForLong = () => undefined }: ChromiumShellRequest): Promise<Shell> {
  const server = await listen(port);
  const gate = createGate(player, server.origin);
  server.serve((request) => gate.fetch(request));

  const blanking = window === 'kiosk' ? await stopBlanking() : null;
  if (blanking !== null) say(blanking);
  const stage = supervisePage({ request: { browser, window, url: gate.entrance('screen', '/stage/'), awake: true, withoutPointer: true, ...(crashes === undefined ? {} : { crashes }), ...(display === undefined ? {} : { display }) }, what: 'stage page', say, steadyMs: STAGE_STEADY_MS, onLife: (life) => player.announceStage(life), onLost: () => player.stageLost() });
  const supervision = superviseStage({ player, page: stage, leave, wellForLong });

  const displays = window === 'kiosk' ? followDisplay({ opened: () => stage.opened, display, say: (line) => player.fault('stage-display', line) }) : null;

  player.lend({
    reload: (why) => stage.reload(why),
    picture: () => openedOf(stage).picture(),
    label: (text) => openedOf(stage).run(labelScript(text)),
  });

  let vision: SupervisedPage | null = null;
  const visionMemory = watchMemory({ upMs: () => vision?.upMs() ?? null, memoryBytes: () => vision?.memoryBytes() ?? Promise.resolve(null), reopen: (why) => vision?.reopen(why) });
  player.onVisionSilent(() => vision?.reload('says nothing'));
  player.onSensing((wanted) => {
    if (wanted) vision ??= supervisePage({ request: { browser, window: 'headless', url: gate.entrance('screen', '/vision/'), camera: true, extraArgs: visionArgs }, what: 'vision page', say, steadyMs: VISION_STEADY_MS });
    else void vision?.close();
    if (!wanted) vision = null;
  });

  return {
    kind: window === 'headless' ? 'headless' : 'chromium',
    viewUrl: gate.entrance('view', '/stage/'),
    async close() {
      supervision.close();
      visionMemory.close();
      displays?.close();
      // The pages first: a page whose server is gone would report errors.
      await Promise.allSettled([stage.close(), vision?.close()]);
      await server.close();
    },
  };
}

function openedOf({ opened }: SupervisedPage): OpenedPage {
  if (opened === null) throw new LitfassError('no-stage', 'the stage is being opened anew; try again in a moment.');
  return opened;
}
