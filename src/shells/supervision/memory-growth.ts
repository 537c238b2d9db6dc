/** A page settles in its first minutes: caches fill, both slots have held a video. */
export const SETTLING_MS = 180_000;
const GROWTH = 2;
const MEGABYTE = 1_048_576;
/** Twice of little is still little. */
const LEAST_GROWTH_BYTES = 300 * MEGABYTE;

/**
 * Tells when a page has grown out of what it needs: its smallest reading after it settled is the measure; twice that, and
 * 300 MB more, is growth.
 *
 * @returns takes a reading (bytes, at a time in ms); answers whether the page should be opened anew
 */
export function createMemoryGrowth(openedMs: number): (bytes: number, nowMs: number) => boolean {
  let settled = Number.POSITIVE_INFINITY;
  return (bytes, nowMs) => {
    if (nowMs - openedMs < SETTLING_MS) return false;
    settled = Math.min(settled, bytes);
    return bytes > Math.max(settled * GROWTH, settled + LEAST_GROWTH_BYTES);
  };
}
