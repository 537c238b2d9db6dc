import type { Page, Request } from 'playwright-core';
import * as core from 'playwright-core/lib/coreBundle';

/** As many requests may be remembered in a page, and here as many objects of a sort: requests, answers, frames that were. */
export const MOST_REMEMBERED = 100;

/** What the driver offers beside its documented words (decision 0025). */
interface Core {
  readonly server?: { setMaxDispatchersForTest?(most: number): void };
}
interface Driver {
  toImpl?(page: Page): { readonly delegate?: { readonly _mainFrameSession?: { readonly _client?: Line } } };
}
interface Line {
  send(method: 'Network.disable' | 'Network.enable'): Promise<unknown>;
}

/**
 * Bounds what a driver remembers of the requests of its pages. For a developer who may ask, the page keeps a record of each for as
 * long as it lives, with what was answered, and this process ten thousand of a sort. Pages here report twice a second for
 * months, and nobody asks. Where the driver offers no way to that, pages work all the same, and one that has grown is replaced.
 */
export function forgetRequests(page: Page): void {
  (core as Core).server?.setMaxDispatchersForTest?.(MOST_REMEMBERED);
  const { _connection: driver } = page as unknown as { readonly _connection?: Driver };
  const line = driver?.toImpl?.(page).delegate?._mainFrameSession?._client;
  if (line !== undefined) renewRecord(page, line);
}

/** Ends the record in the page and begins a new one, again and again. */
function renewRecord(page: Page, line: Line): void {
  let asked = 0;
  /** What `watchFrames` waits for an answer to: nothing of it may fall between the records. */
  const navigations = new Set<Request>();
  page.on('request', (request) => {
    asked += 1;
    if (request.isNavigationRequest()) navigations.add(request);
    // One that goes away with its frame may never be heard of again.
    if (asked < MOST_REMEMBERED || (navigations.size > 0 && asked < 4 * MOST_REMEMBERED)) return;
    asked = 0;
    navigations.clear();
    // A page that is just being closed needs no record.
    for (const method of ['Network.disable', 'Network.enable'] as const) line.send(method).catch(() => undefined);
  });
  const ended = (request: Request): void => void navigations.delete(request);
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
}
