import { MAIN_ZONE, type Clock, type StageCommand, type StageEvent } from '../contract/index.ts';

/** How the picture is, as far as the page reported it: what a shell supervises by. */
export interface StagePulse {
  /** Since the page said anything, ms. */
  readonly silentMs: number;
  /** Since it presented a new frame, ms. */
  readonly frozenMs: number;
  /** It has presented something since it was loaded. */
  readonly begun: boolean;
  /** How long a picture is overdue: since the newest frame, or since the page was first told to show something, ms; 0: nothing was asked of it. */
  readonly lateMs: number;
  /** There is a programme, so there should be a picture. */
  readonly expected: boolean;
  /** The play in front; `null`: none. */
  readonly playId: string | null;
}

export interface StagePulseMeter {
  hear(events: readonly StageEvent[]): void;
  /** What the page is told. */
  told(command: StageCommand): void;
  /** The page is gone: its successor owes nothing yet. */
  lost(): void;
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
  let preparedId: string | null = null;
  let askedMs: number | null = null;

  function startOver(): void {
    begun = false;
    askedMs = null;
  }

  function hearOne(event: StageEvent, nowMs: number): void {
    if (event.type === 'loaded') startOver();
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
    told(command) {
      if (command.type === 'prepare' && command.zone === MAIN_ZONE) preparedId = command.playId;
      if (command.type === 'show' && command.playId === preparedId) askedMs ??= clock().monoMs;
    },
    lost: startOver,
    read(now) {
      const { monoMs } = clock();
      return { ...now, silentMs: monoMs - heardMs, frozenMs: monoMs - frameMs, begun, lateMs: askedMs === null ? 0 : monoMs - Math.max(frameMs, askedMs) };
    },
  };
}
