import { isAnimated } from './animated.ts';
import { openAnimation, type Animation } from './animation.ts';
import { ContentFailure, type Content, type ContentEvents, type Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';

/** A still or an animation. It is decoded before it is shown, so its first frame costs nothing. */
export function imageContent(prepare: Prepare, events: ContentEvents): Content {
  const element = new Image();
  const counter = new FrameCounter();
  let animation: Animation | null = null;
  let isDecoded = false;
  let isReleased = false;
  element.alt = prepare.name;

  async function prepareStill(): Promise<void> {
    if (isReleased) return;
    element.src = prepare.url;
    await element.decode().catch((error: unknown) => {
      throw new ContentFailure('decode', `the picture cannot be decoded as ${prepare.mediaType}: ${String(error)}`);
    });
    isDecoded = true;
  }

  async function prepareAnimation(): Promise<void> {
    const opened = await openAnimation(await (await fetch(prepare.url)).arrayBuffer(), prepare.mediaType, events.failed);
    if (isReleased) {
      opened.close();
      return;
    }
    animation = opened;
    element.replaceWith(opened.canvas);
  }

  return {
    element,
    prepare: async () => ((await isAnimated(prepare.url, prepare.mediaType)) ? prepareAnimation() : prepareStill()),
    show() {
      animation?.start();
      return counter.start();
    },
    presentedFrames: () => counter.frames,
    release() {
      isReleased = true;
      counter.stop();
      animation?.close();
      // Chromium keeps an element for as long as the page lives that loses its address while it is being decoded.
      if (isDecoded) element.removeAttribute('src');
    },
  };
}
