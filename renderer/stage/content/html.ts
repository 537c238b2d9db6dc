import { ContentFailure, type Content, type Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';

/** A live page of its own, in a frame without origin: it can run scripts and reach nothing. */
export function htmlContent(prepare: Prepare): Content {
  const element = document.createElement('iframe');
  const counter = new FrameCounter();
  element.setAttribute('sandbox', 'allow-scripts');
  element.referrerPolicy = 'no-referrer';
  element.title = prepare.name;
  element.tabIndex = -1;
  return {
    element,
    async prepare() {
      // A frame tells nothing of how its page was answered, so ask first; the cache makes the second request free.
      const answer = await fetch(prepare.url, { method: 'HEAD' });
      if (!answer.ok) throw new ContentFailure('load', `the page answered ${String(answer.status)}`);
      await new Promise<void>((resolve) => {
        element.addEventListener('load', () => resolve(), { once: true });
        element.src = prepare.url;
      });
    },
    show: () => counter.start(),
    presentedFrames: () => counter.frames,
    release() {
      counter.stop();
      element.remove();
    },
  };
}
