/** How long a delay is remembered: clocks drift, and a page that slept comes back with another offset. */
const WINDOW_MS = 30_000;

export interface PageClock {
  /** The player's time of something that the page stamped `pageMs` and that arrived at `arrivedMs`. Never later than that. */
  toPlayer(pageMs: number, arrivedMs: number): number;
  /** Forgets the page: a new one counts from another start. */
  reset(): void;
}

/**
 * Translates the page's monotonic clock into the player's. Both run at the same speed from different starts; the difference
 * is at most the smallest seen between stamp and arrival, since nothing arrives before it was stamped.
 */
export function createPageClock(): PageClock {
  let offsets: { readonly offsetMs: number; readonly arrivedMs: number }[] = [];
  return {
    toPlayer(pageMs, arrivedMs) {
      const offsetMs = arrivedMs - pageMs;
      // Kept sorted by offset: a newer and smaller one makes all larger ones useless.
      offsets = [...offsets.filter((known) => known.offsetMs < offsetMs && arrivedMs - known.arrivedMs < WINDOW_MS), { offsetMs, arrivedMs }];
      return Math.max(0, pageMs + (offsets[0]?.offsetMs ?? offsetMs));
    },
    reset() {
      offsets = [];
    },
  };
}
