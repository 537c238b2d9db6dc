import { hash } from 'node:crypto';

/**
 * Where in an interval a screen's regular work lies, ms from 0 to below `intervalMs`: by the hash of its name, so always the
 * same for one screen and evenly spread over many.
 */
export function ownOffsetMs(screenId: string, intervalMs: number): number {
  return (Number.parseInt(hash('sha256', screenId, 'hex').slice(0, 8), 16) / 2 ** 32) * intervalMs;
}

/**
 * How long a screen waits until its next turn, ms. Its turns come once an interval, at its own offset by the wall clock: when a
 * chain's screens start together, or all change creative at the full hour, they still come to the hub one after the other. From
 * now it is half an interval at least and one and a half at most.
 *
 * @param nowMs wall clock. A wrong one shifts the turns of this screen, and spreads the fleet all the same.
 */
export function ownTurns(screenId: string, intervalMs: number, nowMs: () => number = Date.now): () => number {
  const offsetMs = ownOffsetMs(screenId, intervalMs);
  return () => {
    const sinceTurnMs = (((nowMs() - offsetMs) % intervalMs) + intervalMs) % intervalMs;
    const waitMs = intervalMs - sinceTurnMs;
    return waitMs < intervalMs / 2 ? waitMs + intervalMs : waitMs;
  };
}
