import type { FrontPlay } from './front-play.ts';
import { TIMES } from './times.ts';
import { overdueAtMs, type UpcomingPlay } from './upcoming-play.ts';

/** When something may be due in a zone next, ms of the monotonic clock. */
export function nextLookMs(front: FrontPlay | null, upcoming: UpcomingPlay | null, nowMs: number): number {
  const looks = [nowMs + TIMES.idle];
  const late = upcoming && overdueAtMs(upcoming);
  if (late !== null) looks.push(late);
  if (front !== null) {
    const { endsMs, touchedMs } = front;
    looks.push(...[endsMs - TIMES.lead, endsMs - TIMES.tellAhead, endsMs, touchedMs + TIMES.touchEvery].filter((ms) => ms > nowMs));
  }
  return Math.min(...looks);
}
