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
  /** Resolves when the first frame can be presented at once; rejects with a `ContentFailure`. */
  prepare(): Promise<void>;
  /** Called when it comes to the front; resolves when its first frame is presented. */
  show(): Promise<void>;
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
