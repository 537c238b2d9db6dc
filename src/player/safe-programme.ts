import { idsInPlaylists, MAIN_ZONE, TIERS, type Creative, type Playlist, type Programme } from '../contract/index.ts';

/**
 * What is left of a programme when the stage broke down again and again: of what the main zone may show at any time, stills of
 * the house; if there are none, any still, then whatever there is. Playlists and layouts are left out: main has the whole
 * panel. Every programme has something for it, or it would have been refused; so has this part of it.
 */
export function safeProgramme(programme: Programme): Programme {
  const always = alwaysInMain(programme);
  const stills = always.filter(({ kind }) => kind === 'image');
  const house = stills.filter(({ tier }) => tier === 'house');
  const chosen = [house, stills, always].find((left) => left.length > 0);
  return chosen === undefined ? programme : { ...programme, creatives: withCompany(chosen, programme.creatives), playlists: undefined, layouts: undefined };
}

/**
 * Creatives of the main zone without schedule and criteria, also on the way to them through playlists: a picture that is only
 * there to stand in for something else, with a schedule in the past, is not among them. Each has the tier that it is drawn with.
 */
function alwaysInMain({ creatives, playlists = [] }: Programme): readonly Creative[] {
  const byId = new Map<string, Creative | Playlist>([...creatives, ...playlists].map((what) => [what.id, what]));
  const inside = idsInPlaylists(playlists);
  const found = new Map<string, Creative>();
  const seen = new Set<string>();
  const take = (id: string, tier: Creative['tier']): void => {
    const what = byId.get(id);
    if (what === undefined || seen.has(id) || what.schedule !== undefined || (what.criteria ?? []).length > 0) return;
    seen.add(id);
    if (!('items' in what)) found.set(id, { ...inMain(what), tier });
    else for (const item of what.items) take('creative' in item ? item.creative : item.playlist, tier);
  };
  const roots = [...byId.values()].filter(({ id, zone = MAIN_ZONE }) => zone === MAIN_ZONE && !inside.has(id));
  // What several playlists lead to is the house's, if one of them is.
  for (const tier of TIERS.toReversed()) for (const root of roots) if ((root.tier ?? 'house') === tier) take(root.id, tier);
  return [...found.values()];
}

/**
 * What the chosen ones cannot be without. Their fallbacks; and notices: sensing is permitted only while people are told of it,
 * so the notice stays, or sensing ends with it.
 */
function withCompany(chosen: readonly Creative[], all: readonly Creative[]): Creative[] {
  const there = new Set(chosen.map(({ id }) => id));
  const fallbacks = new Set(chosen.flatMap(({ fallback }) => fallback ?? []));
  const company = all.filter(({ id, kind, notice }) => !there.has(id) && (fallbacks.has(id) || (notice === true && kind === 'image')));
  return [...chosen, ...company.map(inMain)];
}

/** There is no other zone any more. */
function inMain(creative: Creative): Creative {
  return { ...creative, zone: undefined };
}

export interface Safety {
  /** What to choose from: the programme, or what is safe of it. */
  of(programme: Programme): Programme;
  /** From now on only what is safe, until another version comes: that one may be the remedy. */
  enter(): void;
}

/** @param safe the lives before this one broke down with the programme of this version; `version: null`: with the first one that comes */
export function createSafety(safe: { readonly version: number | null } | null): Safety {
  let avoided = safe?.version ?? null;
  let entering = safe !== null && avoided === null;
  return {
    of(programme) {
      if (entering) avoided = programme.version;
      entering = false;
      return programme.version === avoided ? safeProgramme(programme) : programme;
    },
    enter() {
      entering = true;
    },
  };
}
