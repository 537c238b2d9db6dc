import { createHash } from 'node:crypto';
import { TIERS, type Creative, type Decision, type Programme, type Reason, type Tier } from '../contract/index.ts';
import type { CriteriaMemory } from './criteria.ts';
import { draw } from './draw.ts';

/** What a choice depends on besides the programme. All of it comes in as arguments, so a decision can be replayed. */
export interface Situation {
  readonly nowMs: number;
  readonly criteria: CriteriaMemory;
  /** Creative id → when it was last on screen (or, for one never shown, when the programme began). */
  readonly lastShownMs: ReadonlyMap<string, number>;
  /** Not again right away if there is anything else of its tier. */
  readonly lastCreativeId: string | null;
  /** Creatives that failed and rest for a while. */
  readonly setAside: ReadonlySet<string>;
}

interface Eligible {
  readonly creative: Creative;
  readonly reason: Reason;
}

/**
 * Filter → tier → weighted draw.
 *
 * @param seed unsigned 32 bit, fresh for each decision
 * @returns `null` when every creative is set aside
 */
export function decide(programme: Programme, situation: Situation, seed: number, decisionId: string): Decision | null {
  const pool = eligiblePool(programme, situation);
  const [first, ...rest] = pool.map(({ creative, reason }) => ({ id: creative.id, weight: creative.weight, reason }));
  if (first === undefined) return null;
  const { winner, propensityPpm } = draw([first, ...rest], seed);
  return {
    decisionId,
    creativeId: winner.id,
    reason: winner.reason,
    eligibleSha256: eligibleSha256([first, ...rest]),
    propensityPpm,
    programmeVersion: programme.version,
    seed,
  };
}

/** The tier that would win now: a creative of a lower one on screen may have to give way. */
export function winningTier(programme: Programme, situation: Situation): Tier | null {
  return eligiblePool(programme, situation)[0]?.reason.tier ?? null;
}

/** Whether `a` overrides `b`. */
export function outranks(a: Tier, b: Tier): boolean {
  return TIERS.indexOf(a) < TIERS.indexOf(b);
}

/** SHA-256, hex, over one line `id:weight` for each candidate, sorted by id: what the draw was made from. */
export function eligibleSha256(candidates: readonly { id: string; weight: number }[]): string {
  const lines = candidates.map(({ id, weight }) => `${id}:${weight}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

function eligiblePool(programme: Programme, situation: Situation): readonly Eligible[] {
  const eligible = programme.creatives.flatMap((creative) => {
    const reason = whyEligible(creative, situation);
    return reason === null ? [] : [{ creative, reason }];
  });
  const tier = TIERS.find((candidate) => eligible.some(({ reason }) => reason.tier === candidate));
  const pool = eligible.filter(({ reason }) => reason.tier === tier);
  const fresh = pool.filter(({ creative }) => creative.id !== situation.lastCreativeId);
  return fresh.length > 0 ? fresh : pool;
}

function whyEligible(creative: Creative, situation: Situation): Reason | null {
  if (situation.setAside.has(creative.id)) return null;
  if (isDue(creative, situation)) return { kind: 'rotation', tier: 'override', criteria: [] };
  if (!creative.criteria.every((criterion) => situation.criteria.holds(criterion))) return null;
  if (creative.criteria.length > 0) return { kind: 'audience', tier: creative.tier, criteria: creative.criteria };
  return { kind: creative.tier === 'house' ? 'house' : 'booked', tier: creative.tier, criteria: [] };
}

function isDue(creative: Creative, { lastShownMs, nowMs, lastCreativeId }: Situation): boolean {
  if (creative.atLeastEveryMs === undefined || creative.id === lastCreativeId) return false;
  const shownMs = lastShownMs.get(creative.id);
  return shownMs !== undefined && nowMs - shownMs >= creative.atLeastEveryMs;
}
