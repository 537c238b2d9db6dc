import type { ScreensResponse } from '../../contract/index.ts';
import type { Signal } from './signal.ts';

/** At most four pictures a second, however many screens report. */
const COALESCE_MS = 250;
/** Contact ages by itself: what nobody announces is looked for this often. */
const LOOK_MS = 1_000;
/** Sent also when nothing changed, so that a page can tell silence from a broken line. */
const REPEAT_MS = 10_000;

/** The state of all screens, told to everyone who watches: made once, sent to all. */
export interface ScreensBroadcast {
  /** Sends the current state at once, then each new one. @returns a function that ends it. */
  subscribe(send: (state: ScreensResponse) => void): () => void;
  close(): void;
}

/** @param view makes the state as it is now. */
export function openScreensBroadcast(view: () => ScreensResponse, signals: readonly Signal[]): ScreensBroadcast {
  const subscribers = new Set<(state: ScreensResponse) => void>();
  let lastSentMs = 0;
  let lastContacts = '';
  let pending: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;

  function send(): void {
    pending = undefined;
    lastSentMs = performance.now();
    const state = view();
    lastContacts = contactsOf(state);
    for (const subscriber of [...subscribers]) subscriber(state);
  }

  function schedule(): void {
    if (subscribers.size === 0 || pending !== undefined) return;
    pending = setTimeout(send, Math.max(0, COALESCE_MS - (performance.now() - lastSentMs)));
  }

  function look(): void {
    if (performance.now() - lastSentMs >= REPEAT_MS || contactsOf(view()) !== lastContacts) schedule();
  }

  function stopWhenAlone(): void {
    if (subscribers.size > 0) return;
    clearTimeout(pending);
    pending = undefined;
    clearInterval(looking);
    looking = undefined;
  }

  const unsubscribes = signals.map((signal) => signal.subscribe(schedule));
  return {
    subscribe(subscriber) {
      subscribers.add(subscriber);
      looking ??= setInterval(look, LOOK_MS);
      subscriber(view());
      return () => {
        subscribers.delete(subscriber);
        stopWhenAlone();
      };
    },
    close() {
      for (const unsubscribe of unsubscribes) unsubscribe();
      subscribers.clear();
      stopWhenAlone();
    },
  };
}

function contactsOf(state: ScreensResponse): string {
  return state.screens.map(({ id, contact }) => `${id} ${contact}`).join('\n');
}
