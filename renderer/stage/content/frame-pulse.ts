import { FRAME_PULSE } from '../../../src/contract/index.ts';

const ASK_EVERY_MS = 200;
/** A page of ours that draws a heavy picture is busy for less than this. */
const ANSWER_MS = 500;

export interface Pulse {
  /** Whether the page's script got its turn lately. What cannot be asked is taken to live. */
  beats(): boolean;
  /** How loud the page may be from now on, 0 to 1; it is silent before. */
  turn(loudness: number): void;
  /** Another page comes into the frame, and cannot answer until it is there. */
  forget(): void;
  close(): void;
}

/**
 * Asks the page in a frame, again and again, whether it still lives: one that hangs stands there like any other.
 *
 * @param page its window, as it is now
 * @param answerMs it hangs when there is no answer for so long
 */
export function followPulse(page: () => Window | null, answerMs = ANSWER_MS): Pulse {
  let port: MessagePort | null = null;
  let askedMs: number | null = null;
  let loudness = 0;

  function hear(event: MessageEvent<unknown>): void {
    if (event.source === null || event.source !== page() || event.data !== FRAME_PULSE) return;
    event.stopImmediatePropagation();
    port?.close();
    port = event.ports[0] ?? null;
    askedMs = null;
    port?.addEventListener('message', () => (askedMs = null));
    port?.start();
    port?.postMessage(loudness);
  }

  addEventListener('message', hear);
  const timer = setInterval(() => {
    if (port === null || askedMs !== null) return;
    askedMs = performance.now();
    port.postMessage(loudness);
  }, ASK_EVERY_MS);

  return {
    beats: () => askedMs === null || performance.now() - askedMs < answerMs,
    turn(next) {
      loudness = next;
      port?.postMessage(next);
    },
    forget() {
      port?.close();
      port = null;
      askedMs = null;
    },
    close() {
      clearInterval(timer);
      removeEventListener('message', hear);
      port?.close();
    },
  };
}
