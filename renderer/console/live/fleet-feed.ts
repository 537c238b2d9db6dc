import { replaceEqualDeep } from '@tanstack/react-query';
import { screensResponseSchema, type ScreenView } from '../../../src/contract/index.ts';
import { HubRefusal, refuseProblem } from './hub-fetch.ts';
import { ndjsonLines } from './ndjson-lines.ts';

/** The hub repeats itself every ten seconds: after this much silence the line is dead, whatever the socket says. */
const SILENCE_MS = 25_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** All screens as last heard. `screens` is `null` until the first line came. */
export interface FleetState {
  readonly link: 'connecting' | 'live' | 'lost' | 'denied';
  readonly screens: readonly ScreenView[] | null;
  /** Why the line broke, or empty. */
  readonly fault: string;
  /** Hub clock minus this browser's clock, ms. */
  readonly hubAheadMs: number;
}

/** A store in the sense of `useSyncExternalStore`. */
export interface FleetFeed {
  readonly get: () => FleetState;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Follows `/api/screens/live` for as long as the page lives, and comes back by itself when the line breaks. */
export function openFleetFeed(): FleetFeed {
  const listeners = new Set<() => void>();
  let state: FleetState = { link: 'connecting', screens: null, fault: '', hubAheadMs: 0 };

  function set(change: Partial<FleetState>): void {
    // Screens that did not change keep their identity, so that their cards are not drawn again.
    state = replaceEqualDeep(state, { ...state, ...change });
    for (const listener of listeners) listener();
  }

  async function follow(): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      let fault = 'the hub closed the line';
      try {
        await readStream(({ hubTimeMs, screens }) => {
          pauseMs = FIRST_PAUSE_MS;
          set({ link: 'live', screens, fault: '', hubAheadMs: hubTimeMs - Date.now() });
        });
      } catch (error) {
        if (error instanceof HubRefusal && error.status === 401) {
          set({ link: 'denied', fault: error.message });
          return;
        }
        fault = error instanceof Error ? error.message : String(error);
      }
      set({ link: 'lost', fault });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  void follow();
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function readStream(heard: (line: { hubTimeMs: number; screens: readonly ScreenView[] }) => void): Promise<void> {
  const silence = new AbortController();
  let alarm = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const { body } = await refuseProblem(await fetch('/api/screens/live', { signal: silence.signal }));
    if (body === null) return;
    for await (const line of ndjsonLines(body)) {
      clearTimeout(alarm);
      alarm = setTimeout(() => silence.abort(), SILENCE_MS);
      heard(screensResponseSchema.parse(line));
    }
  } finally {
    clearTimeout(alarm);
  }
}
