import type { WebContents } from 'electron';
import { LOUDNESS_SCRIPT } from '../../player/index.ts';

/**
 * Frames of other sites are silent; the player's own ones are told by the stage how loud they may be. Electron runs nothing in a frame
 * before its own scripts: what sounds at once is heard for as long as the page takes to be read.
 *
 * @param origin of the player's pages
 */
export function quietFrames(webContents: WebContents, origin: string): void {
  webContents.on('frame-created', (_event, { frame }) => {
    frame?.on('dom-ready', () => {
      // A frame that has just gone is silent.
      if (frame.parent !== null && !frame.url.startsWith(`${origin}/`)) frame.executeJavaScript(`${LOUDNESS_SCRIPT}; undefined`).catch(() => undefined);
    });
  });
}
