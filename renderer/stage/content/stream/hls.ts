import Hls, { ErrorTypes } from 'hls.js';
import { ContentFailure } from '../content.ts';

export interface OpenedStream {
  /** Where the live stream is now on the element's clock, seconds; `null` while that is not known. */
  liveEdgeS(): number | null;
  close(): void;
}

/** Memory for pictures that were shown, seconds: nobody rewinds a screen. */
const BACK_BUFFER_S = 10;
const AHEAD_BUFFER_S = 20;

/** Attaches a live stream to a video element. What cannot be mended is told once. */
export function openStream(element: HTMLVideoElement, playlist: string, onFailure: (failure: ContentFailure) => void): OpenedStream {
  // Its worker would be made from text, which the page's policy refuses, for good reason.
  const hls = new Hls({ enableWorker: false, backBufferLength: BACK_BUFFER_S, maxBufferLength: AHEAD_BUFFER_S, startPosition: -1 });
  let hasFailed = false;
  let mended = false;
  hls.on(Hls.Events.ERROR, (_event, { fatal, type, details, reason, response }) => {
    if (!fatal || hasFailed) return;
    if (type === ErrorTypes.MEDIA_ERROR && !mended) {
      mended = true;
      hls.recoverMediaError();
      return;
    }
    hasFailed = true;
    const words = [details, reason, response?.code === undefined ? undefined : `answered ${response.code}`].filter((word) => word !== undefined).join(', ');
    onFailure(new ContentFailure(type === ErrorTypes.NETWORK_ERROR ? 'load' : 'decode', `the stream cannot be played: ${words}`));
  });
  hls.loadSource(new URL(playlist, location.href).href);
  hls.attachMedia(element);
  return { liveEdgeS: () => hls.liveSyncPosition, close: () => hls.destroy() };
}
