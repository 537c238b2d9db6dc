import { FRAME_LOUDNESS, type FrameLoudness } from '../../../src/contract/index.ts';
import { followPulse, type Pulse } from './frame-pulse.ts';

/** Frames in a page come and go as it likes: each is told within this time. */
const TELL_EVERY_MS = 250;
/** Somebody else's page may be at work for longer than what was made for a screen: it reads itself anew, or draws a map. */
const ANSWER_MS = 5_000;

/**
 * Tells somebody else's page, and whatever frames are in it, how loud they may be. The shell's script in the page then answers for as
 * long as it does not hang; where there is no such script, the page is taken to live.
 *
 * @param outer the player's page around it
 */
export function followWebPulse(outer: HTMLIFrameElement): Pulse {
  const pulse = followPulse(() => outer.contentWindow?.[0] ?? null, ANSWER_MS);
  const said: FrameLoudness = { type: FRAME_LOUDNESS, loudness: 0 };

  function tell(): void {
    if (outer.contentWindow === null) return;
    // A number is no secret, and their origins are not known.
    for (const frame of framesIn(outer.contentWindow)) frame.postMessage(said, '*');
  }

  const timer = setInterval(tell, TELL_EVERY_MS);
  return {
    ...pulse,
    turn(loudness) {
      said.loudness = loudness;
      pulse.turn(loudness);
      tell();
    },
    close() {
      clearInterval(timer);
      pulse.close();
    },
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
