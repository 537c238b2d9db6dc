import type { ClockReading } from '../contract/index.ts';
import type { Evidence, Showing } from './play-record.ts';
import { STALLED_HEARTBEATS, TIMES } from './times.ts';
import type { UpcomingPlay } from './upcoming-play.ts';

/** The creative in front of a zone, and what is counted while it is. */
export interface FrontPlay extends Showing {
  endsMs: number;
  /** It has nothing more to show: its last picture stands until its slot ends. */
  isOver: boolean;
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
export function comeToFront({ playId, creative, decision, plannedMs }: UpcomingPlay, zone: string, shown: ClockReading, evidence: Evidence): FrontPlay {
  return { playId, zone, creative, decision, plannedMs, shown, evidence, endsMs: shown.monoMs + plannedMs, isOver: false, frames: 1, droppedFrames: null, heartbeatsWithoutFrame: 0, touchedMs: shown.monoMs };
}

/** Counts only ever grow: reports may come late. */
export function countFrames(play: FrontPlay, { presentedFrames, droppedFrames }: FrameCounts, isHeartbeat: boolean): void {
  if (presentedFrames > play.frames) play.heartbeatsWithoutFrame = 0;
  else if (isHeartbeat) play.heartbeatsWithoutFrame += 1;
  play.frames = Math.max(play.frames, presentedFrames);
  if (droppedFrames !== undefined) play.droppedFrames = Math.max(play.droppedFrames ?? 0, droppedFrames);
}

export function isStalled(play: FrontPlay, nowMs: number): boolean {
  return !play.isOver && play.heartbeatsWithoutFrame >= STALLED_HEARTBEATS && nowMs < play.endsMs;
}

export function isToBeTouched(play: FrontPlay, nowMs: number): boolean {
  return nowMs - play.touchedMs >= TIMES.touchEvery;
}
