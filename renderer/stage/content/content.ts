import type { StageCommand } from '../../../src/contract/index.ts';

export type Prepare = Extract<StageCommand, { type: 'prepare' }>;
type FailureCode = 'load' | 'decode' | 'stalled' | 'unsupported';

/** Why a creative cannot be shown. */
export class ContentFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = 'ContentFailure';
    this.code = code;
  }
}

/** One creative of any type, in a slot. */
export interface Content {
  readonly element: HTMLElement;
  /**
   * Resolves when the first frame can be presented at once; rejects with a `ContentFailure`. The element is in the page by then,
   * and is drawn over the one in front too faintly to be seen: what it paints is painted.
   */
  prepare(): Promise<void>;
  /** Starts it; resolves when it draws its first frame, in the frame callback for it: the element is uncovered in that very frame. */
  show(): Promise<void>;
  /** Its successor covers it within `ms`: what is heard of it fades out. It draws until it is released. */
  leave?(ms: number): void;
  /** Frames presented since it was shown. */
  presentedFrames(): number;
  /** Frames that came too late to be presented since it was shown. Only a video pipeline counts them. */
  droppedFrames?(): number;
  /** Lets go of decoders, pixels and pages. */
  release(): void;
}

export interface ContentEvents {
  readonly ended: () => void;
  readonly failed: (failure: ContentFailure) => void;
}
