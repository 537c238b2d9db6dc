import { FRAME_LOUDNESS, type FrameLoudness } from '../../../src/contract/index.ts';

/** Frames in a page come and go as it likes: each is told within this time. */
const TELL_EVERY_MS = 250;

export interface WebLoudness {
  /** 0 to 1; it is silent before. */
  turn(loudness: number): void;
  close(): void;
}

/**
 * Tells somebody else's page, and whatever frames are in it, how loud they may be.
 *
 * @param outer the player's page around it
 */
export function tellLoudness(outer: HTMLIFrameElement): WebLoudness {
  let said: FrameLoudness | null = null;

  function tell(): void {
    if (said === null || outer.contentWindow === null) return;
    // A number is no secret, and their origins are not known.
    for (const frame of framesIn(outer.contentWindow)) frame.postMessage(said, '*');
  }

  const timer = setInterval(tell, TELL_EVERY_MS);
  return {
    turn(loudness) {
      if (loudness === 0 && said === null) return;
      said = { type: FRAME_LOUDNESS, loudness };
      tell();
    },
    close: () => clearInterval(timer),
  };
}

/** Of a window, its frames are all that another site may see. */
function* framesIn(page: Window): Generator<Window> {
  for (let index = 0; index < page.length; index += 1) {
    const frame = page[index];
    if (frame === undefined) continue;
    yield frame;
    yield* framesIn(frame);
  }
}
