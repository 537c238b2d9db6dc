import { idsInPlaylists, MAIN_ZONE, type Creative, type Criterion, type Playlist, type Programme, type Schedule, type Tier } from '../contract/index.ts';

/** Something that takes part in the draw of a zone: a creative, or a playlist that stands in no other. */
export interface Candidate {
  readonly id: string;
  readonly weight: number;
  readonly tier: Tier;
  readonly what: Creative | Playlist;
  /** What stands for it in the hash of the eligible set, and its place among those of all candidates. */
  readonly line: string;
  readonly rank: number;
}

export type Recurring = Candidate & { readonly what: Creative };

/** What a programme offers to one zone, sorted once so that each decision need not. */
export interface Offer {
  readonly programmeVersion: number;
  readonly candidates: readonly Candidate[];
  /** All creatives that the zone may show, by themselves or in a playlist. */
  readonly members: readonly Creative[];
  /** Those that have to come back in time, whatever the audience. */
  readonly recurring: readonly Recurring[];
  readonly creatives: ReadonlyMap<string, Creative>;
  readonly playlists: ReadonlyMap<string, Playlist>;
  readonly minimumHoldMs: number;
}

export function offerOf(programme: Programme, zone: string): Offer {
  const { version, playlists = [], selection } = programme;
  const sameSchedule = interned();
  const creatives = programme.creatives.map(sameSchedule);
  const lists = playlists.map(sameSchedule);
  const inside = idsInPlaylists(playlists);
  const isRoot = ({ id, zone: own = MAIN_ZONE }: Creative | Playlist): boolean => own === zone && !inside.has(id);
  const byId = { creatives: new Map(creatives.map((creative) => [creative.id, creative])), playlists: new Map(lists.map((playlist) => [playlist.id, playlist])) };
  const candidates = [...creatives, ...lists].filter(isRoot).map(unranked);
  const ranks = new Map(candidates.map(({ line }) => line).sort().map((line, rank) => [line, rank]));
  const ranked = candidates.map((candidate) => ({ ...candidate, rank: ranks.get(candidate.line) ?? 0 }));
  return {
    programmeVersion: version,
    candidates: ranked.sort((a, b) => (a.id < b.id ? -1 : 1)),
    recurring: ranked.filter((candidate): candidate is Recurring => 'atLeastEveryMs' in candidate.what && candidate.what.atLeastEveryMs !== undefined),
    members: membersOf(ranked, byId),
    ...byId,
    minimumHoldMs: selection.minimumHoldMs,
  };
}

function unranked(what: Creative | Playlist): Omit<Candidate, 'rank'> {
  const { id, weight = 1, tier = 'house' } = what;
  return { id, weight, tier, what, line: `${id}:${weight}\n` };
}

function membersOf(candidates: readonly Candidate[], { creatives, playlists }: Pick<Offer, 'creatives' | 'playlists'>): readonly Creative[] {
  const members = new Set<Creative | Playlist | undefined>();
  const add = (what: Creative | Playlist | undefined): void => {
    if (what === undefined || members.has(what)) return;
    members.add(what);
    if ('items' in what) for (const item of what.items) add('creative' in item ? creatives.get(item.creative) : playlists.get(item.playlist));
  };
  for (const { what } of candidates) add(what);
  return [...members].filter((what): what is Creative => what !== undefined && !('items' in what));
}

/** All criteria that a programme asks of the audience. */
export function criteriaOf({ creatives, playlists = [] }: Programme): readonly Criterion[] {
  return [...creatives, ...playlists].flatMap(({ criteria = [] }) => criteria);
}

/** Equal schedules become the same object, so that they are looked up once, not ten thousand times. */
function interned(): <T extends { readonly schedule?: Schedule | undefined }>(what: T) => T {
  const known = new Map<string, Schedule>();
  return (what) => {
    if (what.schedule === undefined) return what;
    const key = JSON.stringify(what.schedule);
    const schedule = known.get(key) ?? what.schedule;
    known.set(key, schedule);
    return { ...what, schedule };
  };
}
