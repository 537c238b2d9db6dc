import { TIERS, type Creative, type Playlist, type Reason, type Tier } from '../contract/index.ts';
import type { CriteriaMemory } from './criteria.ts';
import type { Candidate, Offer, Recurring } from './offer.ts';
import { nextOf, type Guide, type PlaylistOrder, type Walk } from './playlist/index.ts';
import type { Almanac } from './schedule/index.ts';

/** What a choice depends on besides the programme. All of it comes in as arguments, so a decision can be replayed. */
export interface Situation {
  /** Monotonic, for what is due. */
  readonly nowMs: number;
  /** By the wall, for schedules. */
  readonly wallMs: number;
  readonly almanac: Almanac;
  readonly criteria: CriteriaMemory;
  /** Creative id → when it was last on screen (or, for one never shown, when the programme began). */
  readonly lastShownMs: ReadonlyMap<string, number>;
  /** Not again right away if there is anything else of its tier. */
  readonly lastCreativeId: string | null;
  /** Creatives that failed and rest for a while. */
  readonly setAside: ReadonlySet<string>;
  /** Playlist id → how many of its items had their turn. */
  readonly turns: ReadonlyMap<string, number>;
  /** The playlist in the draw that is in the middle of playing all of its items. */
  readonly row: string | null;
  readonly order: PlaylistOrder;
}

/** A candidate that may be shown now, and the creative that it would show. */
export interface Eligible {
  readonly id: string;
  readonly weight: number;
  /** `rotation`: it is due, whatever its own tier. */
  readonly tier: Tier | 'rotation';
  readonly creative: Creative;
  /** As in `Candidate`. */
  readonly line: string;
  readonly rank: number;
  /** `null` for a creative that stands in no playlist. */
  readonly walk: Walk | null;
}

/** All that may be drawn now: what is due, or else the highest tier. */
export function eligiblePool(offer: Offer, situation: Situation): readonly Eligible[] {
  const due = offer.recurring.filter(({ what }) => isDue(what, situation)).map(recurring);
  if (due.length > 0) return due;
  const guide = guideOf(offer, situation);
  // Tier by tier: what a higher one decides needs no look at ten thousand of the house.
  for (const tier of TIERS) {
    const pool: Eligible[] = [];
    for (const candidate of offer.candidates) {
      const eligible = candidate.tier === tier ? lookAt(candidate, guide) : null;
      if (eligible !== null) pool.push(eligible);
    }
    if (pool.length > 0) return withoutRepeat(pool, situation);
  }
  return [];
}

/** The tier that would win now: a creative of a lower one on screen may have to give way. */
export function winningTier(offer: Offer, situation: Situation): Tier | null {
  if (offer.recurring.some(({ what }) => isDue(what, situation))) return 'override';
  const guide = guideOf(offer, situation);
  return TIERS.find((tier) => offer.candidates.some((candidate) => candidate.tier === tier && lookAt(candidate, guide) !== null)) ?? null;
}

/** Whether all that a choice rested on still holds: criteria and schedules, of the creative and on the way to it. */
export function stillHolds(creative: Creative, path: readonly Playlist[], situation: Situation): boolean {
  return [creative, ...path].every((what) => isOpen(what, situation));
}

export function recurring({ id, weight, what, line, rank }: Recurring): Eligible {
  return { id, weight, tier: 'rotation', creative: what, walk: null, line, rank };
}

/** Why what was drawn may be shown: its own rules, and those of the playlists that led to it. */
export function reasonOf({ tier, creative, walk }: Eligible, { almanac, wallMs }: Situation): Reason {
  if (tier === 'rotation') return { kind: 'rotation', tier: 'override', criteria: [] };
  const path = walk?.path ?? [];
  const chain = [...path, creative];
  const criteria = chain.flatMap((what) => what.criteria ?? []);
  const schedules = chain.flatMap(({ schedule }) => (schedule === undefined ? [] : (almanac.holds(schedule, wallMs) ?? [])));
  return {
    kind: criteria.length > 0 ? 'audience' : tier === 'house' ? 'house' : 'booked',
    tier,
    criteria,
    ...(schedules.length === 0 ? {} : { schedule: [...new Set(schedules)].join(' and ').slice(0, 300) }),
    ...(path.length === 0 ? {} : { playlist: path.map(({ id }) => id) }),
  };
}

function lookAt({ id, weight, tier, what, line, rank }: Candidate, guide: Guide): Eligible | null {
  if (!('items' in what)) return guide.isOpen(what) ? { id, weight, tier, walk: null, creative: what, line, rank } : null;
  const walk = nextOf(what, guide);
  return walk === null ? null : { id, weight, tier, walk, creative: walk.creative, line, rank };
}

function guideOf(offer: Offer, situation: Situation): Guide {
  return {
    creative: (id) => offer.creatives.get(id),
    playlist: (id) => offer.playlists.get(id),
    isOpen: (what) => !situation.setAside.has(what.id) && isOpen(what, situation),
    turn: (id) => situation.turns.get(id) ?? 0,
    order: situation.order,
  };
}

function isOpen({ criteria = [], schedule }: Creative | Playlist, situation: Situation): boolean {
  return criteria.every((criterion) => situation.criteria.holds(criterion)) && (schedule === undefined || situation.almanac.holds(schedule, situation.wallMs) !== null);
}

function withoutRepeat(pool: readonly Eligible[], { lastCreativeId }: Situation): readonly Eligible[] {
  const fresh = pool.filter(({ creative }) => creative.id !== lastCreativeId);
  return fresh.length > 0 ? fresh : pool;
}

function isDue(creative: Creative, situation: Situation): boolean {
  const { lastShownMs, nowMs, lastCreativeId, setAside } = situation;
  if (creative.atLeastEveryMs === undefined || creative.id === lastCreativeId || setAside.has(creative.id) || !isInTime(creative, situation)) return false;
  const shownMs = lastShownMs.get(creative.id);
  return shownMs !== undefined && nowMs - shownMs >= creative.atLeastEveryMs;
}

/** What has to come back does so whatever the audience, but not outside of its schedule. */
function isInTime({ schedule }: Creative, { almanac, wallMs }: Situation): boolean {
  return schedule === undefined || almanac.holds(schedule, wallMs) !== null;
}
