import type { StageEvent } from '../../src/contract/index.ts';
import { ContentFailure, createContent, type Content, type ContentEvents, type Prepare } from './content/index.ts';

/**
 * `behind`: being prepared, drawn too faintly to be seen. `ready`: prepared, and drawn small besides. `leaving`: covered more and more
 * by the one in `front`.
 */
type Role = 'behind' | 'ready' | 'front' | 'leaving';

/** One creative in its zone. */
export class Slot {
  readonly playId: string;
  readonly content: Content;
  readonly element = document.createElement('div');

  constructor(prepare: Prepare, events: ContentEvents) {
    const { background, fit, safeAreaPercent } = prepare.presentation;
    this.playId = prepare.playId;
    this.content = createContent(prepare, events);
    this.element.style.setProperty('--background', background);
    this.element.style.setProperty('--fit', fit);
    this.element.style.setProperty('--safe-area', `${String(safeAreaPercent)}%`);
    this.element.append(this.content.element);
    this.play('behind');
  }

  play(role: Role): void {
    this.element.className = `slot ${role}`;
  }

  get frames(): { presentedFrames: number; droppedFrames?: number } {
    const droppedFrames = this.content.droppedFrames?.();
    return { presentedFrames: this.content.presentedFrames(), ...(droppedFrames === undefined ? {} : { droppedFrames }) };
  }

  failed(error: unknown): StageEvent {
    const { code, message } = error instanceof ContentFailure ? error : new ContentFailure('load', String(error));
    return { type: 'failed', playId: this.playId, code, message: message.slice(0, 500), presentedFrames: this.content.presentedFrames() };
  }

  release(): void {
    this.content.release();
    this.element.remove();
  }
}
