import type { Page, Request } from 'playwright-core';
import type { FrameNews } from '../../contract/index.ts';
import { frameNewsScript, holdsWebPage } from '../frame-news.ts';

/**
 * Tells the stage how the web pages in its frames fare: their status, whether they came whole, and why not. A frame itself says
 * that it has loaded also when it holds the browser's own words about an error.
 */
export function watchFrames(page: Page): void {
  const statuses = new WeakMap<Request, number>();

  function tell(request: Request, state: FrameNews['state'], why?: string): void {
    const frame = frameAround(request);
    // A page that is just being loaded anew hears nothing: its frames are gone with it.
    if (frame !== null) page.evaluate(frameNewsScript({ frame, state, ...(why === undefined ? {} : { why }) })).catch(() => undefined);
  }

  page.on('request', (request) => tell(request, 'asked'));
  page.on('response', (response) => {
    const request = response.request();
    statuses.set(request, response.status());
    if (response.status() >= 400) tell(request, 'failed', `answered ${response.status()}`);
  });
  page.on('requestfailed', (request) => tell(request, 'failed', request.failure()?.errorText ?? 'broke off'));
  page.on('requestfinished', (request) => {
    // What redirects is followed by the request that counts.
    if ((statuses.get(request) ?? 0) < 300 || statuses.get(request) === 304) tell(request, 'good');
  });
}

/** Address of the page around the frame that this request fills; `null`: it fills none, or one of no concern. */
function frameAround(request: Request): string | null {
  if (!request.isNavigationRequest()) return null;
  const around = request.frame().parentFrame()?.url();
  return holdsWebPage(around) ? (around ?? null) : null;
}
