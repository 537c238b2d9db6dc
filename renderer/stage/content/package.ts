import { packageContentSchema, type PackageContent } from '../../../src/contract/index.ts';
import { askPlayer, contentUrl } from './ask.ts';
import type { Content, ContentEvents, Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';
import { sandboxedFrame } from './frame.ts';
import { fadeOut } from './loudness.ts';
import { laidOut } from './made-for.ts';

/** How often the player is asked whether a field has changed. */
const FIELDS_EVERY_MS = 5_000;

/** A page with files of its own. Its live fields are told to it when it has loaded and whenever one changes. */
export function packageContent(prepare: Prepare, events: ContentEvents): Content {
  const frame = sandboxedFrame(prepare.name, events.failed);
  const counter = new FrameCounter(() => frame.isAlive());
  const loudness = prepare.presentation.volumePercent / 100;
  let told = '';
  let timer: ReturnType<typeof setInterval> | undefined;
  let isReleased = false;

  const ask = (): Promise<PackageContent> => askPlayer(contentUrl(prepare), packageContentSchema);

  function tell({ fields }: PackageContent): void {
    const said = JSON.stringify(fields);
    if (said === told) return;
    told = said;
    // Its page has no origin that could be named. What it is told is meant for every shopper.
    frame.element.contentWindow?.postMessage({ type: 'litfass-fields', fields }, '*');
  }

  return {
    element: laidOut(frame.element, prepare.presentation),
    async prepare() {
      const content = await ask();
      await frame.load(content.entrance);
      if (isReleased) return;
      tell(content);
      timer = setInterval(() => {
        ask().then(tell, (error: unknown) => console.warn(`the fields of "${prepare.name}" stay as they are:`, error));
      }, FIELDS_EVERY_MS);
    },
    show() {
      frame.turn(loudness);
      return counter.start();
    },
    leave: (ms) => fadeOut(loudness, ms, (next) => frame.turn(next)),
    presentedFrames: () => counter.frames,
    release() {
      isReleased = true;
      clearInterval(timer);
      counter.stop();
      frame.release();
    },
  };
}
