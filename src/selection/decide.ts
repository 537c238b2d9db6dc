import { createHash } from 'node:crypto';
import { TIERS, type Creative, type Decision, type Playlist, type Tier } from '../contract/index.ts';
import { draw } from './draw.ts';
import { eligiblePool, reasonOf, type Eligible, type Situation } from './eligible.ts';
import type { Offer } from './offer.ts';

/** A decision, with what it rests on and what follows from it once the creative was really shown. */
export interface Choice {
  readonly creative: Creative;
  readonly decision: Decision;
  /** The playlists that led to it, from the outermost inwards. */
  readonly path: readonly Playlist[];
  /** Turns of those playlists after it was shown. */
  readonly turns: ReadonlyMap<string, number>;
  /** The outermost has more to play in a row. */
  readonly goesOn: boolean;
}

/**
 * Filter → tier → weighted draw. A playlist that is in the middle of its row goes on without a draw, unless something overrides it.
 *
 * @param seed unsigned 32 bit, fresh for each decision
 * @returns `null` when every creative is set aside
 */
export function decide(offer: Offer, situation: Situation, seed: number, decisionId: string): Choice | null {
  const pool = eligiblePool(offer, situation);
  const goingOn = pool.filter(({ id }) => id === situation.row);
  return drawn(goingOn.length > 0 ? goingOn : pool, situation, { seed, decisionId, programmeVersion: offer.programmeVersion });
}

/** Draws from a pool and writes the decision down. */
export function drawn(pool: readonly Eligible[], situation: Situation, record: Pick<Decision, 'seed' | 'decisionId' | 'programmeVersion' | 'slot'>): Choice | null {
  const [first, ...rest] = pool;
  if (first === undefined) return null;
  const { winner, propensityPpm } = draw([first, ...rest], record.seed);
  const { creative, walk } = winner;
  return {
    creative,
    decision: { ...record, creativeId: creative.id, reason: reasonOf(winner, situation), eligibleSha256: eligibleSha256(pool), propensityPpm },
    path: walk?.path ?? [],
    turns: walk?.turns ?? new Map(),
    goesOn: walk !== null && !walk.isRowOver,
  };
}

/** Whether `a` overrides `b`. */
export function outranks(a: Tier, b: Tier): boolean {
  return TIERS.indexOf(a) < TIERS.indexOf(b);
}

/** SHA-256, hex, over one line `id:weight` for each candidate, the lines sorted: what the draw was made from. */
function eligibleSha256(candidates: readonly { readonly line: string; readonly rank: number }[]): string {
  const lines = candidates.toSorted((a, b) => a.rank - b.rank).map(({ line }) => line);
  return createHash('sha256').update(lines.join('')).digest('hex');
}
