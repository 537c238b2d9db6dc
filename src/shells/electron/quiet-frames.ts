import type { WebContents } from 'electron';
import { TOLD_LOUDNESS_SCRIPT } from '../../player/index.ts';

/**
 * Frames of other sites are silent until the stage tells them how loud they may be; the player's own ones have that of it. Electron runs nothing in a frame
 * before its own scripts: what sounds at once is heard for as long as the page takes to be read.
 *
 * @param origin of the player's pages
 */
export function quietFrames(webContents: WebContents, origin: string): void {
  webContents.on('frame-created', (_event, { frame }) => {
    frame?.on('dom-ready', () => {
      // A frame that has just gone is silent.
      if (frame.parent !== null && !frame.url.startsWith(`${origin}/`)) frame.executeJavaScript(`${TOLD_LOUDNESS_SCRIPT} undefined`).catch(() => undefined);
    });
  });
}
