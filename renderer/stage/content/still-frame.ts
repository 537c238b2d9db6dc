import { ContentFailure, type ContentEvents } from './content.ts';
import type { VideoFrames } from './video-frames.ts';

/** A decoder that shows nothing before it plays is given up on after this: the video then comes up with its first frame, late. */
const STILL_MS = 500;

/** The first frame of a video that does not play yet, drawn where it will be seen. */
export interface StillFrame {
  /** Resolves when it is drawn. Called with the first decoded data, it waits no longer than a decoder is given. */
  drawn(): Promise<void>;
  /** Plays on from it, at once; without it, resolves with the first frame that is presented. */
  goOn(frames: VideoFrames, events: ContentEvents): Promise<void>;
}

export function awaitStillFrame(element: HTMLVideoElement): StillFrame {
  let stands = false;
  const first = new Promise<void>((resolve) =>
    element.requestVideoFrameCallback(() => {
      stands = true;
      resolve();
    }),
  );
  return {
    drawn: () => Promise.race([first, new Promise<void>((resolve) => setTimeout(resolve, STILL_MS))]),
    async goOn(frames, events) {
      const moving = frames.start(stands ? 1 : 0);
      const playing = element.play();
      if (!stands) {
        await Promise.all([playing, moving]);
        return;
      }
      // The next frames follow within a few frames of the panel.
      playing.catch((error: unknown) => events.failed(new ContentFailure('decode', `the video does not play: ${String(error)}`)));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    },
  };
}
