import { ContentFailure, type Content, type ContentEvents, type Prepare } from './content.ts';
import { fadeOut, setLoudness } from './loudness.ts';
import { mediaFailure } from './media-failure.ts';
import { countVideoFrames } from './video-frames.ts';

const REMEDY = 'encode it as H.264, VP9 or AV1';

/** A decoder that shows nothing before it plays is given up on after this: the video then comes up with its first frame, late. */
const STILL_MS = 500;

/** A video, silent unless it was given a volume. Its frames are those that the video pipeline handed to the compositor. */
export function videoContent(prepare: Prepare, events: ContentEvents): Content {
  const element = document.createElement('video');
  setLoudness(element, prepare.presentation);
  element.playsInline = true;
  element.preload = 'auto';
  const frames = countVideoFrames(element);
  let isShown = false;
  let isStill = false;
  const still = new Promise<void>((resolve) => element.requestVideoFrameCallback(() => resolve()));
  const failure = (): ContentFailure => mediaFailure(element, 'video', prepare.mediaType, REMEDY);

  return {
    element,
    prepare() {
      return new Promise((resolve, reject) => {
        if (element.canPlayType(prepare.mediaType) === '') {
          reject(new ContentFailure('unsupported', `this browser has no decoder for ${prepare.mediaType}`));
          return;
        }
        void still.then(() => {
          isStill = true;
          resolve();
        });
        element.addEventListener(
          'loadeddata',
          () => {
            // Without a decoder for its picture, a file still plays its sound.
            if (element.videoWidth === 0) reject(new ContentFailure('unsupported', `this browser has no decoder for the picture in this ${prepare.mediaType}: ${REMEDY}`));
            else setTimeout(resolve, STILL_MS);
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
    async show() {
      isShown = true;
      const moving = frames.start(isStill ? 1 : 0);
      const playing = element.play();
      if (isStill) {
        // Its first frame stands there already; the next ones follow within a few frames of the panel.
        playing.catch((error: unknown) => events.failed(new ContentFailure('decode', `the video does not play: ${String(error)}`)));
        await new Promise((resolve) => requestAnimationFrame(resolve));
      } else await Promise.all([playing, moving]);
    },
    leave: (ms) => fadeOut(element, ms),
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
