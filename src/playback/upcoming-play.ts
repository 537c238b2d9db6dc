import type { ContentKind } from '../contract/index.ts';
import type { Casting } from './stand-in.ts';
import { TIMES } from './times.ts';

/** A creative on its way to the screen. */
export interface UpcomingPlay extends Casting {
  readonly playId: string;
  /** How long it is to be on the screen. */
  readonly plannedMs: number;
  /** `now`: it interrupts, or the zone is empty. `slot`: when the one in front has run its time. */
  readonly takesOver: 'now' | 'slot';
  /** `checking` its bytes, `preparing` on the stage, `prepared`, `showing`: the stage was told to bring it to the front. */
  phase: 'checking' | 'preparing' | 'prepared' | 'showing';
  phaseSinceMs: number;
}

/** What took too long, or `null`. */
export function overdue(upcoming: UpcomingPlay, nowMs: number): { readonly code: string; readonly message: string } | null {
  const { phase, phaseSinceMs } = upcoming;
  const limitMs = limitOf(upcoming);
  if (limitMs === null || nowMs - phaseSinceMs < limitMs) return null;
  switch (phase) {
    case 'checking':
      return { code: 'media-slow', message: `its file was not read within ${limitMs} ms` };
    case 'preparing':
      return { code: 'load', message: `was not ready after ${limitMs} ms` };
    case 'prepared':
    case 'showing':
      return { code: 'stalled', message: `presented no frame for ${limitMs} ms` };
  }
}

/** When it will be overdue, ms of the monotonic clock; `null`: it may wait. */
export function overdueAtMs(upcoming: UpcomingPlay): number | null {
  const limitMs = limitOf(upcoming);
  return limitMs === null ? null : upcoming.phaseSinceMs + limitMs;
}

function limitOf({ phase, creative: { kind } }: UpcomingPlay): number | null {
  return phase === 'preparing' && (SLOW_KINDS as readonly string[]).includes(kind) ? TIMES.slowPrepareLimit : LIMITS[phase];
}

const SLOW_KINDS = ['pdf', 'package', 'web', 'stream'] satisfies ContentKind[];
const LIMITS = { checking: TIMES.checkLimit, preparing: TIMES.prepareLimit, prepared: null, showing: TIMES.showLimit } as const;
