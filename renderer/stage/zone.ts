import type { StageCommand, StageEvent, Zone as Place } from '../../src/contract/index.ts';
import type { Prepare } from './content/index.ts';
import { cross, type Crossing } from './crossing.ts';
import { painted } from './painted.ts';
import { Slot } from './slot.ts';

type Show = Extract<StageCommand, { type: 'show' }>;

/** So much earlier it begins, ms: half a frame on average until the next frame is asked for, and one until that is on the panel. */
const AHEAD_MS = 25;

/**
 * One part of the panel, with two slots: one in front and one being prepared behind it. The one in front stays until the next
 * has presented its first frame, and is covered by it before it goes: there is never a moment with nothing.
 */
export class Zone {
  readonly #id: string;
  readonly #element = document.createElement('section');
  readonly #track = document.createElement('div');
  readonly #report: (...events: StageEvent[]) => void;
  #front: Slot | null = null;
  #behind: Slot | null = null;
  #leaving: Slot | null = null;
  #crossing: Crossing | null = null;

  constructor(id: string, stage: HTMLElement, report: (...events: StageEvent[]) => void) {
    this.#id = id;
    this.#report = report;
    this.#element.className = 'zone';
    this.#element.dataset.zone = id;
    this.#track.className = 'track';
    this.#element.append(this.#track);
    stage.append(this.#element);
  }

  get isEmpty(): boolean {
    return this.#front === null;
  }

  /** What it shows is moved and resized with it. What was on its way by so many pixels is there at once. */
  place({ leftPercent, topPercent, widthPercent, heightPercent }: Place): void {
    this.#endCrossing();
    Object.assign(this.#element.style, { left: `${String(leftPercent)}%`, top: `${String(topPercent)}%`, width: `${String(widthPercent)}%`, height: `${String(heightPercent)}%` });
  }

  prepare(command: Prepare): void {
    if (this.#behind !== null) this.retire(this.#behind.playId);
    const slot = new Slot(command, {
      ended: () => this.#report({ type: 'ended', playId: slot.playId, ...slot.frames }),
      failed: (failure) => this.#report(slot.failed(failure)),
    });
    this.#behind = slot;
    this.#track.append(slot.element);
    slot.content
      .prepare()
      .then(painted)
      .then(
        () => {
          if (this.#behind === slot) slot.play('ready');
          this.#report({ type: 'prepared', playId: slot.playId });
        },
        (error: unknown) => this.#report(slot.failed(error)),
      );
  }

  async show({ playId, transition, inMs }: Show): Promise<void> {
    const next = this.#behind;
    if (next?.playId !== playId) return;
    if (inMs > AHEAD_MS) await new Promise((resolve) => setTimeout(resolve, inMs - AHEAD_MS));
    if (this.#behind !== next) return;
    this.#endCrossing();
    try {
      await next.content.show();
    } catch (error) {
      this.#report(next.failed(error));
      return;
    }
    // From here to the next `await` is one frame.
    if (this.#behind !== next) return;
    this.#front?.play('leaving');
    next.play('front');
    const crossing = cross(this.#track, next.element, this.#front === null ? { kind: 'cut', ms: 0 } : transition);
    this.#crossing = crossing;
    await crossing.begun;
    if (this.#behind === next) this.#handOver(next, crossing, transition.ms);
  }

  /** Frees what was prepared and is no longer wanted, also when it was about to come up: what was in front is in front again. */
  retire(playId: string): void {
    if (this.#behind?.playId !== playId) return;
    this.#endCrossing();
    this.#front?.play('front');
    this.#behind.release();
    this.#behind = null;
  }

  heartbeat(): StageEvent {
    const frames = this.#front?.frames ?? { presentedFrames: 0 };
    return { type: 'heartbeat', zone: this.#id, playId: this.#front?.playId ?? null, ...frames };
  }

  /** The layout has no such zone any more. */
  close(): void {
    this.#endCrossing();
    this.#behind?.release();
    this.#front?.release();
    this.#behind = this.#front = null;
    this.#element.remove();
  }

  #handOver(next: Slot, crossing: Crossing, ms: number): void {
    const previous = this.#front;
    this.#front = next;
    this.#behind = null;
    const last: StageEvent[] = previous === null ? [] : [{ type: 'retired', playId: previous.playId, ...previous.frames }];
    this.#report(...last, { type: 'shown', playId: next.playId });
    if (previous === null) return;
    this.#leaving = previous;
    previous.content.leave?.(ms);
    void crossing.over.then(() => {
      if (this.#leaving === previous) this.#endCrossing();
    });
  }

  /** What is left of a change from one to the other is skipped, and the one that was leaving is gone. */
  #endCrossing(): void {
    this.#crossing?.finish();
    this.#crossing = null;
    this.#leaving?.release();
    this.#leaving = null;
  }
}
