import { PAGE_KINDS, type Creative, type StageCommand, type Transition } from '../contract/index.ts';

/** How a creative is shown: as its content manager wishes, and as is usual where no wish was said. */
export interface Wishes {
  readonly presentation: Extract<StageCommand, { type: 'prepare' }>['presentation'];
  readonly transition: Transition;
}

const FADE: Transition = { kind: 'fade', ms: 400 };
/** For what follows nothing. */
export const CUT: Transition = { kind: 'cut', ms: 0 };

export function wishesOf({ kind, presentation = {} }: Creative): Wishes {
  return {
    presentation: {
      fit: presentation.fit ?? 'contain',
      // A page that paints no background of its own was made on white.
      background: presentation.background ?? (PAGE_KINDS.includes(kind) ? '#ffffff' : '#000000'),
      // Sound that nobody hears would be nothing at all.
      volumePercent: presentation.volumePercent ?? (kind === 'audio' ? 100 : 0),
      safeAreaPercent: presentation.safeAreaPercent ?? 0,
      ...(presentation.madeFor === undefined ? {} : { madeFor: presentation.madeFor }),
    },
    transition: presentation.transition ?? FADE,
  };
}
