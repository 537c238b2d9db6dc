import type { Transition } from '../../src/contract/index.ts';
import { nextFrame } from './painted.ts';

/** The change from one creative to the next, while it lasts. */
export interface Crossing {
  /** Resolves when the first frame of the new one was painted. */
  readonly begun: Promise<void>;
  /** Resolves when nothing is seen of the one before any more. */
  readonly over: Promise<void>;
  /** Ends it at once: each lies where it belongs, the new one over the other. */
  finish(): void;
}

/**
 * What comes in from the side begins with this much of it in sight. Two that move as one overlap by it, so that no rounding opens a
 * gap; and a browser stops drawing a page that is out of sight altogether, which would then come in white.
 */
const OVERLAP_PX = 2;

/**
 * Brings `coming`, which lies over what it follows already, into its place. Only transform and opacity move, so the compositor
 * does it alone, however busy the page is; what is uncovered by the one is covered by the other in every frame.
 *
 * @param track holds both, and moves where both move
 */
export function cross(track: HTMLElement, coming: HTMLElement, { kind, ms }: Transition): Crossing {
  const animations = ms === 0 ? [] : animate[kind](track, coming, ms);
  const begun = Promise.all(animations.map(({ ready }) => ready)).then(nextFrame);
  // A cancelled animation rejects: it was finished early, which is an end as well.
  const ended = Promise.all(animations.map(({ finished }) => finished)).then(nothing, nothing);
  const finish = (): void => {
    for (const animation of animations) animation.cancel();
  };
  return { begun: begun.catch(nothing), over: Promise.all([begun.catch(nothing), ended]).then(finish), finish };
}

const animate: Readonly<Record<Transition['kind'], (track: HTMLElement, coming: HTMLElement, ms: number) => readonly Animation[]>> = {
  cut: () => [],
  fade: (_track, coming, duration) => [coming.animate({ opacity: [0, 1] }, { duration, easing: 'ease-in-out' })],
  slide: (track, coming, duration) => [coming.animate({ transform: [shiftedBy(distanceOf(track)), 'none'], easing: wholePixels(track) }, { duration, easing: 'ease-out' })],
  /** The new one stands still beside the old one, and the track moves: they cannot come apart. Both stay so until all is over. */
  push: (track, coming, duration) => [
    coming.animate({ transform: [shiftedBy(distanceOf(track)), shiftedBy(distanceOf(track))] }, { duration, fill: 'forwards' }),
    track.animate({ transform: ['none', shiftedBy(-distanceOf(track))], easing: wholePixels(track) }, { duration, easing: 'ease-in-out', fill: 'forwards' }),
  ],
};

function distanceOf(track: HTMLElement): number {
  return Math.max(1, track.offsetWidth - OVERLAP_PX);
}

function shiftedBy(px: number): string {
  return `translateX(${String(px)}px)`;
}

/** Between two pixels an edge is half transparent, and what lies under it shines through. */
function wholePixels(track: HTMLElement): string {
  return `steps(${String(Math.max(1, Math.round(distanceOf(track) * devicePixelRatio)))})`;
}

function nothing(): void {
  // Nobody waits for a reason.
}
