/** When something slow is due again. */
export interface Rate {
  due(atMs: number): boolean;
  /** It ran in the picture of `atMs` and took `costMs`. */
  ran(atMs: number, costMs: number): void;
}

/**
 * Every `everyMs`, or less often where the machine is slow: it may take `share` of the time, 0 to 1, so that the rest is
 * left to follow faces. `null`: whatever it takes, for a clip that waits for us.
 */
export function createRate(everyMs: number, share: number | null): Rate {
  let dueMs = Number.NEGATIVE_INFINITY;
  return {
    due: (atMs) => atMs >= dueMs,
    ran(atMs, costMs) {
      const intervalMs = share === null ? everyMs : Math.max(everyMs, costMs / share);
      // On its grid while pictures come in time, on a new one after a gap.
      dueMs = atMs - dueMs < intervalMs ? dueMs + intervalMs : atMs + intervalMs;
    },
  };
}
