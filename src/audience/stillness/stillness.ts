import { apart, medianPosture, type Posture, type Tolerance } from './posture.ts';

/** What the last minutes showed of one face, or of one body. */
export interface Stillness {
  /** Medians of finished stretches of time, oldest first. */
  readonly stretches: readonly Stretch[];
  readonly open: { readonly fromMs: number; readonly postures: readonly Posture[] };
  /** Where it stays without moving. */
  readonly stillAt: Posture | null;
  /** It was seen to move lately. With neither, nothing is known yet. */
  readonly moves: boolean;
}

/** How long to look before something is called still. */
export interface Patience extends Tolerance {
  /** Finds are taken together over this time: the detector's noise evens out, a movement of somebody who sways does not. */
  readonly stretchMs: number;
  /** So long without a movement, nobody lives. */
  readonly windowMs: number;
}

interface Stretch {
  readonly fromMs: number;
  readonly posture: Posture;
}

/** Of the stretches in a window, so many must have been seen… */
const LEAST_SHARE = 2 / 3;
/** …each so often; as many are enough to say that it moves. */
const LEAST_SIGHTINGS = 5;
/** What was still moves when it is this many tolerances away: noise must not wake it up. */
const WAKE = 2;

export function beginStillness(posture: Posture, atMs: number, stillAt: Posture | null): Stillness {
  return { stretches: [], open: { fromMs: atMs, postures: [posture] }, stillAt, moves: false };
}

/** Takes in how it was seen in one picture. */
export function continueStillness(stillness: Stillness, posture: Posture, atMs: number, patience: Patience): Stillness {
  const { open, stretches } = stillness;
  if (atMs - open.fromMs < patience.stretchMs) return wake({ ...stillness, open: { ...open, postures: [...open.postures, posture] } }, patience);
  const finished = open.postures.length < LEAST_SIGHTINGS ? stretches : [...stretches, { fromMs: open.fromMs, posture: medianPosture(open.postures) }];
  // The oldest stretch that is kept began a window ago or before: only then is the window full.
  const firstInWindow = Math.max(0, finished.findLastIndex(({ fromMs }) => fromMs <= atMs - patience.windowMs));
  return judge({ ...stillness, stretches: finished.slice(firstInWindow), open: { fromMs: atMs, postures: [posture] } }, patience);
}

function wake(stillness: Stillness, patience: Patience): Stillness {
  const { stillAt, open } = stillness;
  const isAwake = stillAt !== null && open.postures.length >= LEAST_SIGHTINGS && apart(medianPosture(open.postures), stillAt, patience) > WAKE;
  return isAwake ? { stretches: [], open, stillAt: null, moves: true } : stillness;
}

function judge(stillness: Stillness, patience: Patience): Stillness {
  const { stillAt, stretches, open } = stillness;
  if (stillAt) return stillness;
  const postures = stretches.map(({ posture }) => posture);
  if (postures.some((one, index) => postures.slice(index + 1).some((other) => apart(one, other, patience) > 1))) return { ...stillness, moves: true };
  const isFull = stretches.length >= (LEAST_SHARE * patience.windowMs) / patience.stretchMs && open.fromMs - (stretches[0]?.fromMs ?? open.fromMs) >= patience.windowMs;
  return isFull ? { ...stillness, stillAt: medianPosture(postures), moves: false } : stillness;
}
