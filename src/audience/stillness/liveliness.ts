import type { Body, Face } from '../../contract/index.ts';
import { apart, postureOf, type Posture } from './posture.ts';
import { beginStillness, continueStillness, type Patience, type Stillness } from './stillness.ts';

/** Whether what looks like a person lives. A poster with a face, a mannequin and a cardboard figure do not move for minutes. */
export interface Liveliness {
  readonly face: Stillness | null;
  readonly body: Stillness | null;
}

/** Where something stood that was taken for a person and never moved. */
export interface StillPlace {
  readonly kind: keyof Liveliness;
  readonly posture: Posture;
  readonly atMs: number;
}

export const UNKNOWN_LIVELINESS: Liveliness = { face: null, body: null };

/**
 * How far medians over a stretch may lie apart, over a whole window, for something that does not live.
 *
 * A still picture of two people with a camera's noise on it, run through the vision page for 20 s at 5 pictures a second, gave
 * these standard deviations of single finds: faces 0.006 heights in place, 0.03 in size, 2.4° in yaw, 1.6° in pitch; bodies
 * 0.009 in place, 0.011 in size. A median of ten faces strays by 0.4 of that, and twelve of them span 3.3 times as much: 0.008,
 * 0.04 and 3°; most stretches hold five times as many. Ten medians of thirty bodies span 0.006 in place and 0.008 in size.
 *
 * A living head is hardly ever as quiet for so long: 0.03 faces are 8 mm, 0.012 bodies are 20 mm, and people who stand as they like
 * shift their weight by centimetres every half minute (Duarte and Zatsiorsky, "Patterns of center of pressure migration during
 * prolonged unconstrained standing", Motor Control 1999). People who talked before a camera moved by 0.05 to 0.08 of their
 * faces within seconds (standard deviation; the recorded walk-by). Bodies are judged more slowly: somebody who worked at a table,
 * with the back to the camera, stayed within 0.003 body heights for 20 s, which no detector tells from a thing.
 */
const PATIENCE: Readonly<Record<keyof Liveliness, Patience>> = {
  face: { place: 0.03, size: 0.05, angleDeg: 3.5, stretchMs: 10_000, windowMs: 120_000 },
  body: { place: 0.012, size: 0.03, angleDeg: 180, stretchMs: 30_000, windowMs: 300_000 },
};

/** A place is remembered this long after something still was last seen there: a poster that is found now and then is still the same. */
const REMEMBERED_MS = 600_000;

/** Takes in one picture. Boxes in picture heights. @param places of things that did not move: what appears there is one of them, until it moves */
export function followLiveliness({ face, body }: Liveliness, seen: { readonly face: Face | null; readonly body: Body | null }, atMs: number, places: readonly StillPlace[]): Liveliness {
  const follow = (kind: keyof Liveliness, before: Stillness | null, posture: Posture | null): Stillness | null => {
    if (!posture) return before;
    return before ? continueStillness(before, posture, atMs, PATIENCE[kind]) : beginStillness(posture, atMs, placeOf(kind, posture, places));
  };
  return {
    face: follow('face', face, seen.face && postureOf(seen.face.box, seen.face)),
    body: follow('body', body, seen.body && postureOf(seen.body.box, null)),
  };
}

/** Whether its face or its body has not moved for minutes, and neither moves. */
export function isStill({ face, body }: Liveliness): boolean {
  return (face?.stillAt ?? body?.stillAt ?? null) !== null && face?.moves !== true && body?.moves !== true;
}

/** The places to remember: those of what is still now, and those before that are not too long ago. */
export function rememberPlaces(before: readonly StillPlace[], still: readonly Liveliness[], atMs: number): readonly StillPlace[] {
  const now = still.flatMap(({ face, body }) => [
    ...(face?.stillAt ? [{ kind: 'face' as const, posture: face.stillAt, atMs }] : []),
    ...(body?.stillAt ? [{ kind: 'body' as const, posture: body.stillAt, atMs }] : []),
  ]);
  const isKept = (place: StillPlace): boolean => atMs - place.atMs <= REMEMBERED_MS && !now.some(({ kind, posture }) => kind === place.kind && apart(posture, place.posture, PATIENCE[kind]) <= 1);
  return [...before.filter(isKept), ...now];
}

function placeOf(kind: keyof Liveliness, posture: Posture, places: readonly StillPlace[]): Posture | null {
  // One picture alone is less exact than a median of many.
  return places.find((place) => place.kind === kind && apart(place.posture, posture, PATIENCE[kind]) <= 2)?.posture ?? null;
}
