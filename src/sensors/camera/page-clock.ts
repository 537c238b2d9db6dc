/** How long a delay is remembered: clocks drift, and a page that slept comes back with another offset. */
const WINDOW_MS = 30_000;

export interface PageClock {
  /** Learns that something which the page stamped `pageMs` arrived at `arrivedMs` of the player's clock. */
  learn(pageMs: number, arrivedMs: number): void;
  /** The player's time of the page's `pageMs`. */
  toPlayer(pageMs: number): number;
  /** Forgets the page: a new one counts from another start. */
  reset(): void;
}

/**
 * Translates the page's monotonic clock into the player's. Both run at the same speed from different starts; the difference
 * is at most the smallest seen between stamp and arrival, since nothing arrives before it was stamped.
 */
export function createPageClock(): PageClock {
  // Sorted by offset and by age: a newer and smaller one makes all larger ones useless.
  let offsets: { readonly offsetMs: number; readonly arrivedMs: number }[] = [];
  return {
    learn(pageMs, arrivedMs) {
      const offsetMs = arrivedMs - pageMs;
      offsets = [...offsets.filter((known) => known.offsetMs < offsetMs && arrivedMs - known.arrivedMs < WINDOW_MS), { offsetMs, arrivedMs }];
    },
    toPlayer: (pageMs) => Math.max(0, pageMs + (offsets[0]?.offsetMs ?? 0)),
    reset() {
      offsets = [];
    },
  };
}
