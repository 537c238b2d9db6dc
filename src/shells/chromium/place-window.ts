import type { Page } from 'playwright-core';
import { chooseDisplay } from '../choose-display.ts';

/** Beside all displays. */
export const UNSEEN_LEFT = 20_000;

type Place = Pick<ScreenDetail, 'left' | 'top' | 'width' | 'height'>;

interface ScreenDetail {
  readonly label: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Brings a page's window to the display that people named, and over all of it. The browser itself tells which displays
 * there are; a window manager that lets no program place its windows (Wayland) keeps it where it is.
 *
 * @throws LitfassError `display-missing`
 */
export async function placeWindow(page: Page, display: string): Promise<void> {
  await moveTo(page, chooseDisplay(await displaysOf(page), display).bounds, true);
}

/** Brings a window from beside the displays to the one that people named, or the first. It has its size before it is seen. */
export async function revealWindow(page: Page, whole: boolean, display = '1'): Promise<void> {
  const { bounds } = chooseDisplay(await displaysOf(page), display);
  if (whole) await moveTo(page, { ...bounds, left: UNSEEN_LEFT }, false);
  await moveTo(page, bounds, whole);
}

async function moveTo(page: Page, { left, top, width, height }: Place, whole: boolean): Promise<void> {
  const session = await page.context().newCDPSession(page);
  try {
    const { windowId } = await session.send('Browser.getWindowForTarget');
    // A full-screen window cannot be moved.
    await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
    await session.send('Browser.setWindowBounds', { windowId, bounds: { left, top, width, height } });
    if (whole) await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'fullscreen' } });
  } finally {
    await session.detach();
  }
}

/** The displays, as the browser knows them, with the permission that a page needs for that. */
async function displaysOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  try {
    // The permission lasts as long as this session.
    await session.send('Browser.grantPermissions', { permissions: ['windowManagement'], origin: new URL(page.url()).origin });
    const screens = await page.evaluate<readonly ScreenDetail[]>(
      'getScreenDetails().then(({ screens }) => screens.map(({ label, left, top, width, height }) => ({ label, left, top, width, height })))',
    );
    return screens.map(({ label, left, top, width, height }, id) => ({ id, label, bounds: { x: left, y: top, left, top, width, height } }));
  } finally {
    await session.detach();
  }
}
