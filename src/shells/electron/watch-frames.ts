import type { WebContents } from 'electron';
import type { FrameNews } from '../../contract/index.ts';
import { frameNewsScript, holdsWebPage } from '../frame-news.ts';
import type { ElectronApi } from './electron-api.ts';

/** Electron's number for a navigation that another one took the place of. */
const ABORTED = -3;

/** Tells the stage how the web pages in its frames fare, as the other shell does. */
export function watchFrames({ webFrameMain }: Pick<ElectronApi, 'webFrameMain'>, webContents: WebContents): void {
  function tell(around: string | undefined, state: FrameNews['state'], why?: string): void {
    if (!holdsWebPage(around)) return;
    // A page that is just being loaded anew hears nothing: its frames are gone with it.
    webContents.executeJavaScript(frameNewsScript({ frame: around ?? '', state, ...(why === undefined ? {} : { why }) })).catch(() => undefined);
  }
  const around = (processId: number, routingId: number): string | undefined => webFrameMain.fromId(processId, routingId)?.parent?.url;

  webContents.on('did-start-navigation', ({ frame, isSameDocument }) => (isSameDocument ? undefined : tell(frame?.parent?.url, 'asked')));
  webContents.on('did-frame-navigate', (_event, _url, status, _text, _isMain, processId, routingId) => (status >= 400 ? tell(around(processId, routingId), 'failed', `answered ${status}`) : undefined));
  const failed = (_event: unknown, code: number, words: string, _url: string, _isMain: boolean, processId: number, routingId: number): void => {
    if (code !== ABORTED) tell(around(processId, routingId), 'failed', words);
  };
  webContents.on('did-fail-provisional-load', failed);
  webContents.on('did-fail-load', failed);
  webContents.on('did-frame-finish-load', (_event, _isMain, processId, routingId) => tell(around(processId, routingId), 'good'));
}
