import { ContentFailure, type Content, type ContentEvents, type Prepare } from './content.ts';
import { fadeOut, setLoudness } from './loudness.ts';
import { mediaFailure } from './media-failure.ts';
import { awaitStillFrame } from './still-frame.ts';
import { countVideoFrames } from './video-frames.ts';

const REMEDY = 'encode it as H.264, VP9 or AV1';

/** A video, silent unless it was given a volume. Its frames are those that the video pipeline handed to the compositor. */
export function videoContent(prepare: Prepare, events: ContentEvents): Content {
  const element = document.createElement('video');
  setLoudness(element, prepare.presentation);
  element.playsInline = true;
  element.preload = 'auto';
  const frames = countVideoFrames(element);
  let isShown = false;
  const still = awaitStillFrame(element);
  const failure = (): ContentFailure => mediaFailure(element, 'video', prepare.mediaType, REMEDY);

  return {
    element,
    prepare() {
      return new Promise((resolve, reject) => {
        if (element.canPlayType(prepare.mediaType) === '') {
          reject(new ContentFailure('unsupported', `this browser has no decoder for ${prepare.mediaType}`));
          return;
        }
        element.addEventListener(
          'loadeddata',
          () => {
            // Without a decoder for its picture, a file still plays its sound.
            if (element.videoWidth === 0) reject(new ContentFailure('unsupported', `this browser has no decoder for the picture in this ${prepare.mediaType}: ${REMEDY}`));
            else void still.drawn().then(resolve);
          },
          { once: true },
        );
        element.addEventListener('error', () => {
          reject(failure());
          if (isShown) events.failed(failure());
        });
        element.addEventListener('ended', () => {
          // Counting goes on until it is taken off: the last frame stays in front of the shoppers.
          if (isShown) events.ended();
        });
        element.src = prepare.url;
      });
    },
    show() {
      isShown = true;
      return still.goOn(frames, events);
    },
    leave: (ms) => fadeOut(element.volume, ms, (volume) => void (element.volume = volume)),
    presentedFrames: () => frames.presented(),
    droppedFrames: () => frames.dropped(),
    release() {
      isShown = false;
      frames.stop();
      element.pause();
      element.removeAttribute('src');
      element.load();
    },
  };
}
