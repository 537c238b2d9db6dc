import { contentUrl } from './ask.ts';
import type { Content, ContentEvents, Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';
import { sandboxedFrame } from './frame.ts';
import { fadeOut } from './loudness.ts';
import { laidOut } from './made-for.ts';

/** A live page of its own, in a frame without origin: it can run scripts and reach nothing. */
export function htmlContent(prepare: Prepare, events: ContentEvents): Content {
  const frame = sandboxedFrame(prepare.name, events.failed);
  const counter = new FrameCounter(() => frame.isAlive());
  const loudness = prepare.presentation.volumePercent / 100;
  return {
    element: laidOut(frame.element, prepare.presentation),
    prepare: () => frame.load(contentUrl(prepare)),
    show() {
      frame.turn(loudness);
      return counter.start();
    },
    leave: (ms) => fadeOut(loudness, ms, (next) => frame.turn(next)),
    presentedFrames: () => counter.frames,
    release() {
      counter.stop();
      frame.release();
    },
  };
}
