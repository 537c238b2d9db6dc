import type { BrowserProgram } from './bundled-browser.ts';
import { createGate } from './gate.ts';
import { listen } from './listen.ts';
import { supervisePage, type SupervisedPage } from './supervised-page.ts';
import type { PageWindow } from './open-page.ts';
import type { Shell, ShellRequest } from '../shell.ts';

export interface ChromiumShellRequest extends ShellRequest {
  readonly browser: BrowserProgram;
  readonly window: PageWindow;
  readonly port: number;
  /** For tests: e.g. a file as camera. */
  readonly visionArgs?: readonly string[];
}

/** The player's pages in Chromium: the stage in one, and the camera page, only while sensing is permitted, in another. */
export async function openChromiumShell({ player, browser, window, port, visionArgs = [], say }: ChromiumShellRequest): Promise<Shell> {
  const server = await listen(port);
  const gate = createGate(player, server.origin);
  server.serve((request) => gate.fetch(request));

  const stage = supervisePage({ browser, window, url: gate.entrance('screen', '/stage/') }, 'stage page', say);
  player.onStageSilent(() => stage.renew());

  let vision: SupervisedPage | null = null;
  player.onVisionSilent(() => vision?.renew());
  player.onSensing((wanted) => {
    if (wanted) vision ??= supervisePage({ browser, window: 'headless', url: gate.entrance('screen', '/vision/'), camera: true, extraArgs: visionArgs }, 'vision page', say);
    else void vision?.close();
    if (!wanted) vision = null;
  });

  return {
    kind: window === 'headless' ? 'headless' : 'chromium',
    viewUrl: gate.entrance('view', '/stage/'),
    async close() {
      // The pages first: a page whose server is gone would report errors.
      await Promise.allSettled([stage.close(), vision?.close()]);
      await server.close();
    },
  };
}
