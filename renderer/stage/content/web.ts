import { FRAME_NEWS, webContentSchema, type FrameNews } from '../../../src/contract/index.ts';
import { askPlayer, contentUrl } from './ask.ts';
import { ContentFailure, type Content, type ContentEvents, type Prepare } from './content.ts';
import { FrameCounter } from './frame-counter.ts';
import { fadeOut } from './loudness.ts';
import { laidOut } from './made-for.ts';
import { followWebPulse } from './web-pulse.ts';

/**
 * Somebody else's page, in two frames: the outer one is the player's and says where the inner one may go; the inner one is
 * another site, sandboxed. The player looked before whether the page answers it, and the shell tells how it fared in this very
 * browser. Until it is known to be good nothing of it is seen, neither at first nor when it goes to another page: what the browser
 * would show of one that fails is its own words.
 */
export function webContent(prepare: Prepare, events: ContentEvents): Content {
  const element = document.createElement('iframe');
  const pulse = followWebPulse(element);
  const counter = new FrameCounter(() => pulse.beats());
  const loudness = prepare.presentation.volumePercent / 100;
  element.title = prepare.name;
  element.tabIndex = -1;
  let isWatched = false;
  let isLoaded = false;
  let isGood = false;
  let hasFailed = false;
  let settle: { resolve: () => void; reject: (error: ContentFailure) => void } | null = null;

  const ask = () => askPlayer(contentUrl(prepare), webContentSchema);

  function fail(error: unknown): void {
    if (hasFailed) return;
    hasFailed = true;
    element.classList.add('covered');
    const failure = error instanceof ContentFailure ? error : new ContentFailure('load', String(error));
    if (settle === null) events.failed(failure);
    else settle.reject(failure);
  }

  /** Seen from now on, if it has come and is known to be good. While it is prepared nobody sees it anyhow, and it has to be drawn. */
  function look(): void {
    if (hasFailed) return;
    const isFit = isLoaded && isGood;
    element.classList.toggle('covered', !isFit && settle === null);
    if (isFit) settle?.resolve();
  }

  /** A looker-on hears nothing of its frames; there, the player looks again. */
  function loadedAgain(): void {
    if (isWatched) return;
    isGood = false;
    look();
    ask().then(() => {
      isGood = true;
      look();
    }, fail);
  }

  function hear({ source, origin, data }: MessageEvent<unknown>): void {
    if (source !== element.contentWindow || origin !== location.origin) return;
    if (data === 'loaded') {
      isLoaded = true;
      look();
    } else if (data === 'loaded-again') loadedAgain();
    else if (data === 'refused') fail(new ContentFailure('load', 'the page wanted to go to a site that its source does not name'));
  }

  function hearNews(event: Event): void {
    const { frame, state, why = '' } = (event as CustomEvent<FrameNews>).detail;
    if (frame !== element.src) return;
    if (state === 'failed') {
      fail(new ContentFailure('load', `the browser of this screen could not show the page, which the player could reach: ${why}`));
      return;
    }
    if (state === 'asked') pulse.forget();
    isGood = state === 'good';
    look();
  }

  return {
    element: laidOut(element, prepare.presentation),
    async prepare() {
      const { frame, timeoutMs, isWatched: watched } = await ask();
      if (hasFailed) throw takenOff();
      isWatched = watched;
      isGood = !watched;
      addEventListener('message', hear);
      addEventListener(FRAME_NEWS, hearNews);
      const timer = setTimeout(() => fail(new ContentFailure('load', `the page had not loaded after ${timeoutMs / 1_000} s`)), timeoutMs);
      await new Promise<void>((resolve, reject) => {
        settle = { resolve, reject };
        // Two may be there at once with the same page, one in front and one behind it: the shell tells them apart by this.
        element.src = `${frame}?play=${prepare.playId}`;
      }).finally(() => {
        clearTimeout(timer);
        settle = null;
      });
    },
    show() {
      pulse.turn(loudness);
      return counter.start();
    },
    leave: (ms) => fadeOut(loudness, ms, (next) => pulse.turn(next)),
    presentedFrames: () => counter.frames,
    release() {
      hasFailed = true;
      // Else all of it would be kept until its time is out.
      settle?.reject(takenOff());
      removeEventListener('message', hear);
      removeEventListener(FRAME_NEWS, hearNews);
      counter.stop();
      pulse.close();
      element.remove();
    },
  };
}

function takenOff(): ContentFailure {
  return new ContentFailure('load', 'it was taken off before it had loaded');
}
