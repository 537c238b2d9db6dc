import { MAIN_ZONE, type StageEvent, type Transition } from '../../src/contract/index.ts';
import { ContentFailure, createContent, type Content, type Prepare } from './content/index.ts';

interface Slot {
  readonly playId: string;
  readonly holder: HTMLElement;
  readonly content: Content;
}

/**
 * Two slots, one in front and one being prepared behind it. The one in front stays until the next has presented its first
 * frame: there is never a moment with nothing.
 */
export class Slots {
  readonly #stage: HTMLElement;
  readonly #report: (...events: StageEvent[]) => void;
  #front: Slot | null = null;
  #behind: Slot | null = null;

  constructor(stage: HTMLElement, report: (...events: StageEvent[]) => void) {
    this.#stage = stage;
    this.#report = report;
  }

  prepare(command: Prepare): void {
    const { playId } = command;
    if (this.#behind !== null) this.#release(this.#behind);
    const content = createContent(command, {
      ended: () => this.#report({ type: 'ended', playId, ...framesOf(content) }),
      failed: (failure) => this.#fail(playId, failure, content.presentedFrames()),
    });
    const holder = document.createElement('div');
    holder.className = 'slot';
    holder.append(content.element);
    this.#stage.append(holder);
    this.#behind = { playId, holder, content };
    content.prepare().then(
      () => this.#report({ type: 'prepared', playId }),
      (error: unknown) => this.#fail(playId, error, 0),
    );
  }

  async show(playId: string, transition: Transition): Promise<void> {
    const fadeMs = transition.kind === 'cut' ? 0 : transition.ms;
    const next = this.#behind;
    if (next?.playId !== playId) return;
    this.#stage.style.setProperty('--fade', `${String(fadeMs)}ms`);
    next.holder.classList.add('front');
    this.#front?.holder.classList.replace('front', 'leaving');
    try {
      await next.content.show();
    } catch (error) {
      this.#fail(playId, error, next.content.presentedFrames());
      return;
    }
    if (this.#behind === next) this.#handOver(next, fadeMs);
  }

  /** Frees what was prepared and is no longer wanted, also when it never came up: what was in front is in front again. */
  retire(playId: string): void {
    if (this.#behind?.playId !== playId) return;
    this.#release(this.#behind);
    this.#behind = null;
    this.#front?.holder.classList.replace('leaving', 'front');
  }

  heartbeat(): StageEvent {
    return this.#front === null ? { type: 'heartbeat', zone: MAIN_ZONE, playId: null, presentedFrames: 0 } : { type: 'heartbeat', zone: MAIN_ZONE, playId: this.#front.playId, ...framesOf(this.#front.content) };
  }

  #handOver(next: Slot, fadeMs: number): void {
    const previous = this.#front;
    this.#front = next;
    this.#behind = null;
    const last: StageEvent[] = previous === null ? [] : [{ type: 'retired', playId: previous.playId, ...framesOf(previous.content) }];
    this.#report(...last, { type: 'shown', playId: next.playId });
    if (previous !== null) setTimeout(() => this.#release(previous), fadeMs);
  }

  #fail(playId: string, error: unknown, presentedFrames: number): void {
    const failure = error instanceof ContentFailure ? error : new ContentFailure('load', String(error));
    this.#report({ type: 'failed', playId, code: failure.code, message: failure.message.slice(0, 500), presentedFrames });
  }

  #release(slot: Slot): void {
    slot.content.release();
    slot.holder.remove();
  }
}

function framesOf(content: Content): { presentedFrames: number; droppedFrames?: number } {
  const droppedFrames = content.droppedFrames?.();
  return { presentedFrames: content.presentedFrames(), ...(droppedFrames === undefined ? {} : { droppedFrames }) };
}
