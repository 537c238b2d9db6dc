import { streamContentSchema } from '../../../../src/contract/index.ts';
import { askPlayer, contentUrl } from '../ask.ts';
import { ContentFailure, type Content, type ContentEvents, type Prepare } from '../content.ts';
import { fadeOut, setLoudness } from '../loudness.ts';
import { awaitStillFrame } from '../still-frame.ts';
import { countVideoFrames } from '../video-frames.ts';
import type { OpenedStream } from './hls.ts';

/** Behind the newest picture by more than this when it comes to the front, it goes on from there. */
const LATE_S = 10;

/** A live stream over HLS. What plays it is loaded with the first one; all that it fetches comes through the player. */
export function streamContent(prepare: Prepare, events: ContentEvents): Content {
  const element = document.createElement('video');
  setLoudness(element, prepare.presentation);
  element.playsInline = true;
  const frames = countVideoFrames(element);
  const still = awaitStillFrame(element);
  let stream: OpenedStream | null = null;
  let isReleased = false;
  let isShown = false;

  return {
    element,
    async prepare() {
      const { playlist } = await askPlayer(contentUrl(prepare), streamContentSchema);
      const { openStream } = await import('./hls.ts');
      if (isReleased) return;
      await new Promise<void>((resolve, reject) => {
        element.addEventListener('loadeddata', () => resolve(), { once: true });
        stream = openStream(element, playlist, (failure) => {
          reject(failure);
          if (isShown) events.failed(failure);
        });
      });
      if (element.videoWidth === 0) throw new ContentFailure('unsupported', 'this browser has no decoder for the picture of the stream: encode it as H.264');
      await still.drawn();
    },
    show() {
      isShown = true;
      const liveS = stream?.liveEdgeS() ?? null;
      if (liveS !== null && liveS - element.currentTime > LATE_S) element.currentTime = liveS;
      return still.goOn(frames, events);
    },
    leave: (ms) => fadeOut(element.volume, ms, (volume) => void (element.volume = volume)),
    presentedFrames: () => frames.presented(),
    droppedFrames: () => frames.dropped(),
    release() {
      isReleased = true;
      isShown = false;
      frames.stop();
      stream?.close();
      element.pause();
      element.removeAttribute('src');
      element.load();
    },
  };
}
