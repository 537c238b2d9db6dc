import { MAIN_ZONE, type Clock, type StageEvent } from '../contract/index.ts';

/** How the picture is, as far as the page reported it: what a shell supervises by. */
export interface StagePulse {
  /** Since the page said anything, ms. */
  readonly silentMs: number;
  /** Since it presented a new frame, ms. */
  readonly frozenMs: number;
  /** It has presented something since it was loaded. */
  readonly begun: boolean;
  /** There is a programme, so there should be a picture. */
  readonly expected: boolean;
  /** The play in front; `null`: none. */
  readonly playId: string | null;
}

export interface StagePulseMeter {
  hear(events: readonly StageEvent[]): void;
  /** Presented in this life, as far as heartbeats told. */
  readonly frames: number;
  read(now: Pick<StagePulse, 'expected' | 'playId'>): StagePulse;
}

/** Derives the pulse from what the stage page reports. A page that only says that it lives has no pulse: frames have to grow. */
export function createStagePulse(clock: Clock): StagePulseMeter {
  let heardMs = clock().monoMs;
  let frameMs = heardMs;
  let playId: string | null = null;
  let frames = 0;
  let begun = false;
  let total = 0;

  function hearOne(event: StageEvent, nowMs: number): void {
    if (event.type === 'loaded') begun = false;
    if (event.type === 'shown') {
      frameMs = nowMs;
      begun = true;
    }
    // Whether a small zone beside it moves says nothing of the picture that people came for.
    if (event.type !== 'heartbeat' || event.zone !== MAIN_ZONE) return;
    if (event.playId !== playId) frames = 0;
    if (event.presentedFrames > frames) frameMs = nowMs;
    total += Math.max(0, event.presentedFrames - frames);
    playId = event.playId;
    frames = event.presentedFrames;
  }

  return {
    get frames() {
      return total;
    },
    hear(events) {
      const { monoMs } = clock();
      heardMs = monoMs;
      for (const event of events) hearOne(event, monoMs);
    },
    read(now) {
      const { monoMs } = clock();
      return { ...now, silentMs: monoMs - heardMs, frozenMs: monoMs - frameMs, begun };
    },
  };
}
