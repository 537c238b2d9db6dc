import { ContentFailure, type Content, type Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';

/** A still. It is decoded before it is shown, so its first frame costs nothing. */
export function imageContent(prepare: Prepare): Content {
  const element = new Image();
  const counter = new FrameCounter();
  element.alt = prepare.name;
  return {
    element,
    async prepare() {
      element.src = prepare.url;
      await element.decode().catch((error: unknown) => {
        throw new ContentFailure('decode', `the picture cannot be decoded as ${prepare.mediaType}: ${String(error)}`);
      });
    },
    show: () => counter.start(),
    presentedFrames: () => counter.frames,
    release() {
      counter.stop();
      element.removeAttribute('src');
    },
  };
}
