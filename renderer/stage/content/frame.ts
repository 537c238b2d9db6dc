import { ContentFailure } from './content.ts';
import { followPulse } from './frame-pulse.ts';

export interface SandboxedFrame {
  readonly element: HTMLIFrameElement;
  load(url: string): Promise<void>;
  /** Whether its page still does anything. */
  isAlive(): boolean;
  /** How loud it may be from now on, 0 to 1; it is silent before. */
  turn(loudness: number): void;
  release(): void;
}

/**
 * A frame without an origin: its page runs scripts, and has no cookies, dialogs, windows or downloads, nor a way to the page
 * around it. It stays where it is: a page that goes elsewhere, or is sent there, is covered at once, because what the browser
 * would show instead is an error.
 *
 * @param onLeft it went somewhere else after it had loaded
 */
export function sandboxedFrame(title: string, onLeft: (failure: ContentFailure) => void): SandboxedFrame {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.referrerPolicy = 'no-referrer';
  element.title = title;
  element.tabIndex = -1;
  const pulse = followPulse(() => element.contentWindow);
  let isLoaded = false;
  const leave = (): void => {
    if (!isLoaded || element.classList.contains('covered')) return;
    element.classList.add('covered');
    onLeft(new ContentFailure('load', 'the page left its place: it went to another page, or loaded itself anew'));
  };
  return {
    element,
    async load(url) {
      // A frame tells nothing of how its page was answered, so ask first; the cache makes the second request free.
      const answer = await fetch(url, { method: 'HEAD' });
      if (!answer.ok) throw new ContentFailure('load', `the page answered ${String(answer.status)}`);
      await new Promise<void>((resolve) => {
        element.addEventListener('load', () => resolve(), { once: true });
        element.src = url;
      });
      isLoaded = true;
      element.addEventListener('load', leave);
    },
    isAlive: () => pulse.beats(),
    turn: (loudness) => pulse.turn(loudness),
    release() {
      pulse.close();
      element.removeEventListener('load', leave);
      element.remove();
    },
  };
}
