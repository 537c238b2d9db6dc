import type { ClockReading } from '../contract/index.ts';
import type { Evidence, Showing } from './play-record.ts';
import { STALLED_HEARTBEATS, TIMES } from './times.ts';
import type { UpcomingPlay } from './upcoming-play.ts';

/** The creative in front of a zone, and what is counted while it is. */
export interface FrontPlay extends Showing {
  endsMs: number;
  frames: number;
  droppedFrames: number | null;
  heartbeatsWithoutFrame: number;
  /** When its progress was last written down. */
  touchedMs: number;
}

export interface FrameCounts {
  readonly presentedFrames: number;
  readonly droppedFrames?: number | undefined;
}

/** Its first frame was presented at `shown`. */
export function comeToFront({ playId, creative, decision }: UpcomingPlay, shown: ClockReading, evidence: Evidence): FrontPlay {
  return { playId, creative, decision, shown, evidence, endsMs: shown.monoMs + creative.durationMs, frames: 1, droppedFrames: null, heartbeatsWithoutFrame: 0, touchedMs: shown.monoMs };
}

/** Counts only ever grow: reports may come late. */
export function countFrames(play: FrontPlay, { presentedFrames, droppedFrames }: FrameCounts, isHeartbeat: boolean): void {
  if (presentedFrames > play.frames) play.heartbeatsWithoutFrame = 0;
  else if (isHeartbeat) play.heartbeatsWithoutFrame += 1;
  play.frames = Math.max(play.frames, presentedFrames);
  if (droppedFrames !== undefined) play.droppedFrames = Math.max(play.droppedFrames ?? 0, droppedFrames);
}

export function isStalled(play: FrontPlay, nowMs: number): boolean {
  return play.heartbeatsWithoutFrame >= STALLED_HEARTBEATS && nowMs < play.endsMs;
}

export function isToBeTouched(play: FrontPlay, nowMs: number): boolean {
  return nowMs - play.touchedMs >= TIMES.touchEvery;
}
