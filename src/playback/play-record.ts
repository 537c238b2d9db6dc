import type { ClockReading, Creative, Decision, EndReason, Play } from '../contract/index.ts';

/** A creative that is, or was, in front. */
export interface Showing {
  readonly playId: string;
  readonly creative: Creative;
  readonly decision: Decision;
  /** The clocks when its first frame was presented. */
  readonly shown: ClockReading;
  /** Frames presented so far. */
  readonly frames: number;
}

/** The record of one play, as it goes into the log. `durationMs` comes from the monotonic clock, never from the wall. */
export function playRecord(screen: { screenId: string; bootId: string }, play: Showing, endReason: EndReason, durationMs: number): Play {
  const { id, name, campaign, kind, sha256, durationMs: plannedMs } = play.creative;
  const { wallMs, monoMs, quality } = play.shown;
  return {
    v: 1,
    type: 'play',
    screenId: screen.screenId,
    bootId: screen.bootId,
    playId: play.playId,
    wallMs,
    monoMs: Math.round(monoMs),
    clock: quality,
    zoneOffsetMin: -new Date(wallMs).getTimezoneOffset(),
    creative: { id, name, campaign, kind, sha256 },
    decision: play.decision,
    plannedMs,
    durationMs,
    presentedFrames: play.frames,
    endReason,
  };
}
