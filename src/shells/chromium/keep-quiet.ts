import type { Frame, Page } from 'playwright-core';
import { TOLD_LOUDNESS_SCRIPT } from '../../player/index.ts';

/**
 * Frames of another host than the page's are silent until the stage tells them how loud they may be. Its own ones have that of the
 * player.
 */
export async function keepQuiet(page: Page, pageUrl: string): Promise<void> {
  const script = `if (parent !== window && location.host !== ${JSON.stringify(new URL(pageUrl).host)}) ${TOLD_LOUDNESS_SCRIPT}`;
  await page.addInitScript(script);
  page.on('framenavigated', (frame) => {
    // One that has gone meanwhile is silent.
    if (isInWebPage(frame)) frame.evaluate(script).catch(() => undefined);
  });
}

/**
 * The page, the player's frame and the web page are above it. What a web page looks into before it has loaded keeps its window, with
 * the scripts that were run in it, and loses all that listened (HTML, section "Creating a new browsing context").
 */
function isInWebPage(frame: Frame): boolean {
  return Boolean(frame.parentFrame()?.parentFrame()?.parentFrame());
}
