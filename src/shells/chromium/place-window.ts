import type { Page } from 'playwright-core';
import { chooseDisplay, findDisplay } from '../choose-display.ts';

/** Beside all displays: a window that is not drawn at all would present no frames. */
export const UNSEEN_LEFT = 20_000;

interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface ScreenDetail extends Place {
  readonly label: string;
  readonly isPrimary: boolean;
}

/**
 * Brings a page's window to the display that people named, and over all of it. The browser itself tells which displays
 * there are; a window manager that lets no program place its windows (Wayland) keeps it where it is.
 *
 * @throws LitfassError `display-missing`
 */
export async function placeWindow(page: Page, display: string): Promise<void> {
  await moveTo(page, chooseDisplay(await displaysOf(page), display), true);
}

/**
 * Brings a window from beside the displays to the one that people named, or to the system's first. It has its size before it
 * is seen, so that it is laid out by then.
 */
export async function revealWindow(page: Page, whole: boolean, display: string | undefined): Promise<void> {
  const place = placeOn(await displaysOf(page), display);
  if (place === null) return;
  // A window manager has put it there already.
  if (whole && stands(await boundsOf(page), place)) return;
  if (whole) await moveTo(page, { ...place, left: UNSEEN_LEFT }, false);
  await moveTo(page, place, whole);
}

export type Settled = 'settled' | 'moved' | 'gone';

/**
 * Displays are unplugged, switched off, and come back with another size or in another order: looks whether the window stands
 * on its display and fills it, and brings it there if not. Without its display it goes beside the others: it would be in the
 * way of whoever they belong to. What a window manager does not permit is tried once, not for ever: that would flicker.
 */
export function settlingWindow(page: Page, display: string | undefined): () => Promise<Settled> {
  let left: string | null = null;
  return async () => {
    const place = placeOn(await displaysOf(page), display);
    const now = await boundsOf(page);
    const state = place === null ? 'gone' : 'moved';
    const isThere = place === null ? now.left >= UNSEEN_LEFT : stands(now, place);
    if (isThere || JSON.stringify([place, now]) === left) return place === null ? 'gone' : 'settled';
    if (place === null) await moveTo(page, { ...now, left: UNSEEN_LEFT }, false);
    else await moveTo(page, place, true);
    left = JSON.stringify([place, await boundsOf(page)]);
    return state;
  };
}

/** Without a window manager a full screen is a pixel short. */
function stands(window: Place, place: Place): boolean {
  return (['left', 'top', 'width', 'height'] as const).every((side) => Math.abs(window[side] - place[side]) <= 2);
}

function placeOn(displays: Awaited<ReturnType<typeof displaysOf>>, display: string | undefined): Place | null {
  if (display !== undefined) return findDisplay(displays, display);
  return displays.find(({ isPrimary }) => isPrimary) ?? displays[0] ?? null;
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

async function boundsOf(page: Page): Promise<Place> {
  const session = await page.context().newCDPSession(page);
  try {
    const { left = 0, top = 0, width = 0, height = 0 } = (await session.send('Browser.getWindowForTarget')).bounds;
    return { left, top, width, height };
  } finally {
    await session.detach();
  }
}

/** The displays, as the browser knows them, with the permission that a page needs for that. */
export async function displaysOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  try {
    // The permission lasts as long as this session.
    await session.send('Browser.grantPermissions', { permissions: ['windowManagement'], origin: new URL(page.url()).origin });
    const screens = await page.evaluate<readonly ScreenDetail[]>(
      'getScreenDetails().then(({ screens }) => screens.map(({ label, left, top, width, height, isPrimary }) => ({ label, left, top, width, height, isPrimary })))',
    );
    return screens.map((screen, id) => ({ id, ...screen, bounds: { x: screen.left, y: screen.top, width: screen.width, height: screen.height } }));
  } finally {
    await session.detach();
  }
}
