import type { WebContents, WebFrameMain } from 'electron';

/** Pages and frames that a page may bring along; everything else would be somebody's wish to get out. */
const FRAMES = ['about:blank', 'about:srcdoc'];

/**
 * Whether it lies in the player's own page around a web page. Where that one may go is held by the policy of the page around it,
 * which names the sites that the signed programme names.
 */
function isInWebFrame(frame: WebFrameMain | null | undefined, origin: string): boolean {
  for (let around = frame?.parent; around != null; around = around.parent) if (around.url.startsWith(`${origin}/content/web/`)) return true;
  return false;
}

/**
 * Holds a page in its place: it opens no windows, neither it nor a frame in it goes to another site than the
 * programme names, and no key reaches
 * more than the page. Nobody has a keyboard there, unless to get out of it.
 *
 * @param origin what may be loaded, e.g. `litfass://player`
 */
export function confine(webContents: WebContents, origin: string): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-frame-navigate', (event) => {
    if (event.isMainFrame || event.url.startsWith(`${origin}/`) || FRAMES.includes(event.url)) return;
    if (!isInWebFrame(event.frame, origin)) event.preventDefault();
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.on('before-input-event', (event, { control, alt, meta, key }) => {
    // Reload, close, switch, developer tools: all of the browser's and the desktop's own keys.
    if (control || alt || meta || /^F\d+$/.test(key) || key === 'Escape') event.preventDefault();
  });
}
