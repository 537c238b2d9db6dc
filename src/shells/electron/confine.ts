import type { WebContents, WebFrameMain } from 'electron';

/** Pages and frames that a page may bring along; everything else would be somebody's wish to get out. */
const FRAMES = ['about:blank', 'about:srcdoc'];
/** What the player serves for frames. Its pages are for windows of their own: in a frame they would be somebody's copy of the stage. */
const FRAMED = ['/content/', '/packages/', '/media/'];

/**
 * Whether it lies in the player's own page around a web page. Where that one may go is held by the policy of the page around it,
 * which names the sites that the signed programme names.
 */
function isInWebFrame(frame: WebFrameMain | null | undefined, origin: string): boolean {
  for (let around = frame?.parent; around != null; around = around.parent) if (around.url.startsWith(`${origin}/content/web/`)) return true;
  return false;
}

/** Whether a frame may go there. Of the player, nobody else's page gets anything, and no frame more than content. */
function mayGo(frame: WebFrameMain | null | undefined, url: string, origin: string): boolean {
  if (FRAMES.includes(url)) return true;
  const isForeign = isInWebFrame(frame, origin);
  return url.startsWith(`${origin}/`) ? !isForeign && FRAMED.some((path) => url.startsWith(`${origin}${path}`)) : isForeign;
}

/**
 * Holds a page in its place: it opens no windows, neither it nor a frame in it goes to another site than the
 * programme names, no web page in a frame comes by a page of the player, and no key reaches
 * more than the page. Nobody has a keyboard there, unless to get out of it.
 *
 * @param origin what may be loaded, e.g. `litfass://player`
 */
export function confine(webContents: WebContents, origin: string): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame && !mayGo(event.frame, event.url, origin)) event.preventDefault();
  });
  // A site may send a frame on to where it could not have gone by itself.
  webContents.on('will-redirect', (event) => {
    if (event.isMainFrame || !mayGo(event.frame, event.url, origin)) event.preventDefault();
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.on('before-input-event', (event, { control, alt, meta, key }) => {
    // Reload, close, switch, developer tools: all of the browser's and the desktop's own keys.
    if (control || alt || meta || /^F\d+$/.test(key) || key === 'Escape') event.preventDefault();
  });
}
