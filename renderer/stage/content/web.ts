import { webContentSchema } from '../../../src/contract/index.ts';
import { askPlayer, contentUrl } from './ask.ts';
import { ContentFailure, type Content, type ContentEvents, type Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';

/**
 * Somebody else's page, in two frames: the outer one is the player's and says where the inner one may go; the inner one is
 * another site, sandboxed. The player looked before whether the page answers. What the browser would show of a page that fails
 * is covered, and the creative has failed.
 */
export function webContent(prepare: Prepare, events: ContentEvents): Content {
  const element = document.createElement('iframe');
  const counter = new FrameCounter();
  element.title = prepare.name;
  element.tabIndex = -1;
  let loaded: (() => void) | null = null;
  let hasFailed = false;

  const ask = () => askPlayer(contentUrl(prepare), webContentSchema);

  function fail(error: unknown): void {
    if (hasFailed) return;
    hasFailed = true;
    element.style.visibility = 'hidden';
    events.failed(error instanceof ContentFailure ? error : new ContentFailure('load', String(error)));
  }

  /** It went to another page, or loaded itself anew: unseen, until it is known that this one answers too. */
  function lookAgain(): void {
    element.style.visibility = 'hidden';
    ask().then(() => (hasFailed ? undefined : element.style.removeProperty('visibility')), fail);
  }

  function hear({ source, origin, data }: MessageEvent<unknown>): void {
    if (source !== element.contentWindow || origin !== location.origin) return;
    if (data === 'loaded') loaded?.();
    else if (data === 'loaded-again') lookAgain();
    else if (data === 'refused') fail(new ContentFailure('load', 'the page wanted to go to a site that its source does not name'));
  }

  return {
    element,
    async prepare() {
      const { frame, timeoutMs } = await ask();
      addEventListener('message', hear);
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new ContentFailure('load', `the page had not loaded after ${timeoutMs / 1_000} s`)), timeoutMs);
        loaded = () => {
          clearTimeout(timer);
          resolve();
        };
        element.src = frame;
      });
    },
    show: () => counter.start(),
    presentedFrames: () => counter.frames,
    release() {
      hasFailed = true;
      removeEventListener('message', hear);
      counter.stop();
      element.remove();
    },
  };
}
