import type { StageEvent } from '../contract/index.ts';

export interface LastFrame {
  hear(events: readonly StageEvent[], nowMs: number): void;
  /** When the page last presented a new frame, in any zone; ms of the monotonic clock. */
  readonly atMs: number;
}

/** Remembers when the stage page last presented anything: what it failed to present after that is its own fault. */
export function createLastFrame(nowMs: number): LastFrame {
  const counts = new Map<string, { readonly playId: string | null; readonly frames: number }>();
  let atMs = nowMs;
  return {
    hear(events, heardMs) {
      for (const event of events) {
        if (event.type === 'shown') atMs = heardMs;
        if (event.type !== 'heartbeat') continue;
        const before = counts.get(event.zone);
        if (event.playId !== null && event.presentedFrames > (before?.playId === event.playId ? before.frames : 0)) atMs = heardMs;
        counts.set(event.zone, { playId: event.playId, frames: event.presentedFrames });
      }
    },
    get atMs() {
      return atMs;
    },
  };
}
