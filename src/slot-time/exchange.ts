/** The four times of one question and its answer, ms: asked and received by the follower's monotonic clock, heard and answered by the leader's wall clock. */
export interface Exchange {
  readonly askedMs: number;
  readonly heardMs: number;
  readonly answeredMs: number;
  readonly receivedMs: number;
}

export interface Measurement {
  /** The leader's wall clock minus the follower's monotonic one. Wrong by half of `delayMs` at most, however uneven the way. */
  readonly offsetMs: number;
  /** Time on the way, there and back. */
  readonly delayMs: number;
  /** When it was made, by the follower's monotonic clock. */
  readonly atMs: number;
}

/** RFC 5905 section 8: theta = ((T2 − T1) + (T3 − T4)) / 2, delta = (T4 − T1) − (T3 − T2). Clocks in whole ms can make a delay below 0. */
export function measure({ askedMs, heardMs, answeredMs, receivedMs }: Exchange): Measurement {
  return {
    offsetMs: (heardMs - askedMs + (answeredMs - receivedMs)) / 2,
    delayMs: Math.max(0, receivedMs - askedMs - (answeredMs - heardMs)),
    atMs: receivedMs,
  };
}
