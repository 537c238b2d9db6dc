import type { BrowserProgram } from './bundled-browser.ts';
import { createGate, type Gate } from './gate.ts';
import { listen } from './listen.ts';
import { supervisePage, type SupervisedPage } from './supervised-page.ts';
import type { Shell, ShellRequest } from '../shell.ts';

export interface ChromiumShellRequest extends ShellRequest {
  readonly browser: BrowserProgram;
  readonly window: 'kiosk' | 'headless';
  readonly port: number;
  /** For tests: e.g. a file as camera. */
  readonly visionArgs?: readonly string[];
}

/** The player's pages in Chromium: the stage in one, and the camera page, only while sensing is permitted, in another. */
export async function openChromiumShell({ player, browser, window, port, visionArgs = [], say }: ChromiumShellRequest): Promise<Shell> {
  let gate: Gate | null = null;
  const server = await listen(port, (origin) => {
    gate = createGate(player, origin);
    return gate.fetch;
  });
  const entrance = (role: 'screen' | 'view', path: string): string => (gate as unknown as Gate).entrance(role, path);

  const stage = await supervisePage({ browser, window, url: entrance('screen', '/stage/') }, 'stage page', say);
  player.onStageSilent(() => stage.renew());

  let vision: Promise<SupervisedPage> | null = null;
  player.onSensing((wanted) => {
    if (wanted && vision === null) {
      vision = supervisePage({ browser, window: 'headless', url: entrance('screen', '/vision/'), camera: true, extraArgs: visionArgs }, 'vision page', say);
      vision.catch((error: unknown) => say(`vision page: cannot be opened: ${error instanceof Error ? error.message : String(error)}`));
    } else if (!wanted && vision !== null) {
      void vision.then((page) => page.close());
      vision = null;
    }
  });

  return {
    kind: window === 'kiosk' ? 'chromium' : 'headless',
    viewUrl: entrance('view', '/stage/'),
    async close() {
      // The pages first: a page whose server is gone would report errors.
      await Promise.allSettled([stage.close(), vision?.then((page) => page.close())]);
      await server.close();
    },
  };
}
