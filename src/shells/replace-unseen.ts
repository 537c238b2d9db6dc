import type { Understudy } from '../player/index.ts';

/** A browser on a cold disk, a page that reads its script, and the creative in front from its first byte. */
const COMES_UP_MS = 60_000;
/** A creative may stand for a day. What was up for this long takes over in the middle of one. */
const CHANGE_MS = 120_000;
const LOOK_MS = 20;

export interface UnseenReplacement {
  readonly understudy: Pick<Understudy, 'isUp' | 'isInStep' | 'takeOver' | 'dismiss'>;
  /** Brings the new page before the old one. */
  readonly reveal: () => Promise<void>;
  /** The new page died, or nobody wants either any more. */
  readonly isOver: () => boolean;
  /** The old page died meanwhile: the new one steps in as it is, if it can. */
  readonly oldIsGone: () => boolean;
  readonly pause: (ms: number) => Promise<void>;
}

/**
 * Waits until the new page shows what the old one shows, from the same change of creatives on, and puts it in front: no frame
 * is missing, and no play ends.
 *
 * @returns whether the new page has the stage now
 */
export async function replaceUnseen({ understudy, reveal, isOver, oldIsGone, pause }: UnseenReplacement): Promise<boolean> {
  const startMs = performance.now();
  let upSinceMs: number | null = null;
  while (!isOver()) {
    const nowMs = performance.now();
    upSinceMs = understudy.isUp ? (upSinceMs ?? nowMs) : null;
    const waitedLong = upSinceMs !== null && nowMs - upSinceMs >= CHANGE_MS;
    if (understudy.isInStep || waitedLong || (upSinceMs !== null && oldIsGone())) {
      await reveal();
      understudy.takeOver();
      return true;
    }
    if (oldIsGone() || (upSinceMs === null && nowMs - startMs >= COMES_UP_MS)) break;
    await pause(LOOK_MS);
  }
  understudy.dismiss();
  return false;
}
