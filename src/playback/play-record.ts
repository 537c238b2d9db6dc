import type { ClockReading, Creative, Decision, EndReason, HubClock, PanelState, Play } from '../contract/index.ts';

/** A creative that is, or was, in front. */
export interface Showing {
  readonly playId: string;
  /** The part of the panel. */
  readonly zone: string;
  /** How long it is to be there. */
  readonly plannedMs: number;
  readonly creative: Creative;
  readonly decision: Decision;
  /** The clocks when its first frame was presented. */
  readonly shown: ClockReading;
  /** Frames presented so far. */
  readonly frames: number;
  /** `null`: the stage cannot tell. */
  readonly droppedFrames: number | null;
  readonly evidence: Evidence;
}

/** What the machine knows beside the stage when a play begins. */
export interface Evidence {
  readonly hubClock: HubClock | null;
  readonly panel: PanelState;
}

export const NO_EVIDENCE: Evidence = { hubClock: null, panel: 'unknown' };

/**
 * The record of one play, as it goes into the log. `durationMs` comes from the monotonic clock, never from the wall.
 *
 * @param screen `zoneOffsetMin`: offset of the screen's time zone from UTC, minutes east
 */
export function playRecord(screen: { screenId: string; bootId: string; zoneOffsetMin: number }, play: Showing, endReason: EndReason, durationMs: number): Play {
  const { id, name, campaign, kind, sha256 } = play.creative;
  const { wallMs, monoMs, quality } = play.shown;
  return {
    v: 3,
    type: 'play',
    screenId: screen.screenId,
    bootId: screen.bootId,
    playId: play.playId,
    wallMs,
    monoMs: Math.round(monoMs),
    clock: quality,
    zone: play.zone,
    zoneOffsetMin: screen.zoneOffsetMin,
    creative: { id, name, campaign, kind, sha256 },
    decision: play.decision,
    plannedMs: play.plannedMs,
    durationMs,
    presentedFrames: play.frames,
    droppedFrames: play.droppedFrames,
    hubClock: play.evidence.hubClock,
    panel: play.evidence.panel,
    endReason,
  };
}
