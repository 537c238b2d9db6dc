import type { ScreenSettings } from '../../contract/index.ts';
import { openSetUp } from '../../player/index.ts';
import type { BrowserProgram } from './bundled-browser.ts';
import { createGate } from './gate.ts';
import { listen } from './listen.ts';
import type { PageWindow } from './open-page.ts';
import { supervisePage } from './supervised-page.ts';

export interface SetUpRequest {
  readonly dataDir: string;
  readonly projectDir: string;
  readonly browser: BrowserProgram;
  readonly window: PageWindow;
  readonly port: number;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
  /** Called with the address of the page: whoever is at this machine may answer it in a browser of their own. */
  readonly onOpen: (url: string) => void;
}

/** Shows the set-up page on the screen until somebody has answered it. @returns `null` when it was told to stop before */
export async function setUpInChromium({ dataDir, projectDir, browser, window, port, say, stop, onOpen }: SetUpRequest): Promise<ScreenSettings | null> {
  const setUp = openSetUp({ dataDir, projectDir });
  const server = await listen(port);
  const gate = createGate(setUp, server.origin);
  server.serve((request) => gate.fetch(request));
  const page = supervisePage({ request: { browser, window, url: gate.entrance('screen', '/set-up/'), awake: true }, what: 'set-up page', say, steadyMs: 5_000 });
  onOpen(gate.entrance('screen', '/set-up/'));
  try {
    const stopped = new Promise<null>((resolve) => {
      if (stop.aborted) resolve(null);
      stop.addEventListener('abort', () => resolve(null), { once: true });
    });
    return await Promise.race([setUp.settled, stopped]);
  } finally {
    await page.close();
    await server.close();
  }
}
