import { openSetUp, type SetUpOutcome } from '../../player/index.ts';
import type { OfferedDisplay } from '../../contract/index.ts';
import type { BrowserProgram } from './bundled-browser.ts';
import { followDisplay } from './follow-display.ts';
import { createGate } from './gate.ts';
import { listen } from './listen.ts';
import type { PageWindow } from './page-request.ts';
import { supervisePage, type SupervisedPage } from './supervised-page.ts';

export interface SetUpRequest {
  readonly dataDir: string;
  readonly projectDir: string;
  readonly browser: BrowserProgram;
  readonly window: PageWindow;
  readonly port: number;
  /** The display that this screen was started for, as `chooseDisplay` reads it. */
  readonly display?: string;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
  /** Called with the address of the page: whoever is at this machine may answer it in a browser of their own. */
  readonly onOpen: (url: string) => void;
}

/** Shows the set-up page on the screen until somebody has answered it. @returns `null` when it was told to stop before */
export async function setUpInChromium({ dataDir, projectDir, browser, window, port, display, say, stop, onOpen }: SetUpRequest): Promise<SetUpOutcome | null> {
  const own = display === undefined ? {} : { display };
  const setUp = openSetUp({ dataDir, projectDir, displays: () => displaysSeenBy(page), ...(display === undefined ? {} : { ownDisplay: display }) });
  const server = await listen(port);
  const gate = createGate(setUp, server.origin);
  server.serve((request) => gate.fetch(request));
  const page = supervisePage({ request: { browser, window, url: gate.entrance('screen', '/set-up/'), awake: true, ...own }, what: 'set-up page', say, steadyMs: 5_000 });
  const displays = window === 'kiosk' ? followDisplay({ opened: () => page.opened, display, say }) : null;
  onOpen(gate.entrance('screen', '/set-up/'));
  try {
    const stopped = new Promise<null>((resolve) => {
      if (stop.aborted) resolve(null);
      stop.addEventListener('abort', () => resolve(null), { once: true });
    });
    return await Promise.race([setUp.settled, stopped]);
  } finally {
    displays?.close();
    await page.close();
    await server.close();
  }
}

/** None while the page is being opened, or where the browser does not tell: then the question is not asked. */
async function displaysSeenBy({ opened }: SupervisedPage): Promise<readonly OfferedDisplay[]> {
  return (await opened?.displays().catch(() => [])) ?? [];
}
