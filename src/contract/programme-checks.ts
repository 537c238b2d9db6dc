import type { z } from 'zod';
import { PAGE_KINDS } from './content-kind.ts';
import { refuseWeakFallbacks } from './fallback-checks.ts';
import type { Layout } from './layout.ts';
import { DEEPEST_PLAYLIST, type Playlist } from './playlist.ts';
import { MAIN_ZONE, type Presentation } from './presentation.ts';

interface Creative {
  readonly id: string;
  readonly kind: string;
  readonly fallback?: string | undefined;
  readonly notice?: boolean | undefined;
  readonly durationMs: number;
  readonly criteria: readonly unknown[];
  readonly schedule?: unknown;
  readonly zone?: string | undefined;
  readonly presentation?: Presentation | undefined;
  readonly atLeastEveryMs?: number | undefined;
}

interface Arrangement {
  readonly creatives: readonly Creative[];
  readonly playlists?: readonly Playlist[] | undefined;
  readonly layouts?: readonly Layout[] | undefined;
}

type Refuse = (message: string, ...path: (string | number)[]) => void;

/** What no single field can tell: names that lead nowhere, playlists in a circle, and a main zone that could be dark. */
export function refuseWhatCannotPlay(arrangement: Arrangement, context: z.RefinementCtx): void {
  const refuse: Refuse = (message, ...path) => context.addIssue({ code: 'custom', message, path });
  refuseSameIds(arrangement, refuse);
  refuseEndlessTransitions(arrangement, refuse);
  refuseMadeForNothing(arrangement, refuse);
  refuseWeakFallbacks(arrangement.creatives, refuse);
  if (!refuseLostItems(arrangement, refuse) || !refuseCircles(arrangement.playlists ?? [], refuse)) return;
  refuseUnknownZones(arrangement, refuse);
  refuseLostInPlaylists(arrangement, refuse);
  if (!isNeverDark(arrangement)) {
    refuse('at least one creative of the main zone needs no criteria and no schedule, nor the playlists that lead to it, or the screen would be dark when nobody is there or its clock is wrong', 'creatives');
  }
}

function refuseSameIds({ creatives, playlists = [], layouts = [] }: Arrangement, refuse: Refuse): void {
  if (new Set(creatives.map(({ id }) => id)).size !== creatives.length) refuse('two creatives have the same id', 'creatives');
  const ids = new Set(creatives.map(({ id }) => id));
  for (const [index, { id }] of playlists.entries()) {
    if (ids.has(id)) refuse(`"${id}" is the id of another playlist or of a creative`, 'playlists', index, 'id');
    ids.add(id);
  }
  if (new Set(layouts.map(({ id }) => id)).size !== layouts.length) refuse('two layouts have the same id', 'layouts');
}

/** It would never be seen by itself. */
function refuseEndlessTransitions({ creatives }: Arrangement, refuse: Refuse): void {
  for (const [index, { id, durationMs, presentation }] of creatives.entries()) {
    const ms = presentation?.transition?.ms ?? 0;
    if (ms > durationMs / 2) refuse(`"${id}" is shown for ${durationMs} ms; its transition may take half of that`, 'creatives', index, 'presentation', 'transition', 'ms');
  }
}

/** A picture has its own size, and a ticker takes that of its zone. */
function refuseMadeForNothing({ creatives }: Arrangement, refuse: Refuse): void {
  for (const [index, { id, kind, presentation }] of creatives.entries()) {
    if (presentation?.madeFor === undefined || PAGE_KINDS.includes(kind)) continue;
    refuse(`"${id}" is of kind ${kind}: only ${PAGE_KINDS.join(', ')} are made for a size`, 'creatives', index, 'presentation', 'madeFor');
  }
}

function refuseLostItems({ creatives, playlists = [] }: Arrangement, refuse: Refuse): boolean {
  const known = { creative: new Set(creatives.map(({ id }) => id)), playlist: new Set(playlists.map(({ id }) => id)) };
  let isComplete = true;
  const look = (kind: 'creative' | 'playlist', id: string, index: number, place: number): void => {
    if (known[kind].has(id)) return;
    isComplete = false;
    refuse(`there is no ${kind} "${id}"`, 'playlists', index, 'items', place, kind);
  };
  for (const [index, { items }] of playlists.entries()) {
    for (const [place, item] of items.entries()) {
      if ('creative' in item) look('creative', item.creative, index, place);
      else look('playlist', item.playlist, index, place);
    }
  }
  return isComplete;
}

/** Depth first; each playlist's depth is counted once, however many others it stands in. */
function refuseCircles(playlists: readonly Playlist[], refuse: Refuse): boolean {
  const byId = new Map(playlists.map((playlist) => [playlist.id, playlist]));
  const depths = new Map<string, number>();
  const circles: string[] = [];

  const depthOf = (id: string, path: readonly string[]): number => {
    if (path.includes(id)) {
      const circle = [...path.slice(path.indexOf(id)), id].join(' → ');
      circles.push(circle);
      refuse(`is a circle: ${circle}. Take one of these out of the other.`, 'playlists', playlists.findIndex((playlist) => playlist.id === id));
      return 0;
    }
    const known = depths.get(id);
    if (known !== undefined) return known;
    // A path longer than there are playlists has a circle in it, and was refused above: the recursion ends.
    const inner = new Set((byId.get(id)?.items ?? []).flatMap((item) => ('playlist' in item ? [item.playlist] : [])));
    const depth = 1 + Math.max(0, ...[...inner].map((next) => depthOf(next, [...path, id])));
    depths.set(id, depth);
    return depth;
  };

  for (const [index, { id }] of playlists.entries()) {
    const depth = depthOf(id, []);
    if (circles.length > 0) return false;
    if (depth > DEEPEST_PLAYLIST) refuse(`holds playlists ${depth} deep; ${DEEPEST_PLAYLIST} is the most`, 'playlists', index);
  }
  return true;
}

function refuseUnknownZones({ creatives, playlists = [], layouts = [] }: Arrangement, refuse: Refuse): void {
  const zones = new Set([MAIN_ZONE, ...layouts.flatMap((layout) => layout.zones.map(({ id }) => id))]);
  for (const [kind, members] of [['creatives', creatives], ['playlists', playlists]] as const) {
    for (const [index, { zone }] of members.entries()) {
      if (zone !== undefined && !zones.has(zone)) refuse(`no layout has a zone "${zone}"; there is ${[...zones].join(', ')}`, kind, index, 'zone');
    }
  }
}

/** What stands in a playlist has neither a zone nor a rhythm of its own. */
function refuseLostInPlaylists({ creatives, playlists = [] }: Arrangement, refuse: Refuse): void {
  const inside = idsInPlaylists(playlists);
  for (const [index, { id, zone, atLeastEveryMs }] of creatives.entries()) {
    if (!inside.has(id)) continue;
    if (zone !== undefined) refuse(`"${id}" stands in a playlist, and is shown in its zone: say the zone there`, 'creatives', index, 'zone');
    if (atLeastEveryMs !== undefined) refuse(`"${id}" stands in a playlist; what has to come back in time comes by itself: take it out of the playlist`, 'creatives', index, 'atLeastEveryMs');
  }
  for (const [index, { id, zone }] of playlists.entries()) {
    if (inside.has(id) && zone !== undefined) refuse(`"${id}" stands in a playlist, and is shown in its zone: say the zone there`, 'playlists', index, 'zone');
  }
}

function isNeverDark({ creatives, playlists = [] }: Arrangement): boolean {
  const inside = idsInPlaylists(playlists);
  const plainCreatives = new Set(creatives.filter(({ criteria, schedule }) => criteria.length === 0 && schedule === undefined).map(({ id }) => id));
  const plainPlaylists = new Map(playlists.filter(({ criteria = [], schedule }) => criteria.length === 0 && schedule === undefined).map((playlist) => [playlist.id, playlist]));
  const reached = new Set<string>();
  const leadsToOne = (id: string): boolean => {
    if (reached.has(id)) return false;
    reached.add(id);
    return plainPlaylists.get(id)?.items.some((item) => ('creative' in item ? plainCreatives.has(item.creative) : leadsToOne(item.playlist))) ?? false;
  };
  const isRootOfMain = ({ id, zone = MAIN_ZONE }: { readonly id: string; readonly zone?: string | undefined }): boolean => zone === MAIN_ZONE && !inside.has(id);
  return creatives.some((creative) => isRootOfMain(creative) && plainCreatives.has(creative.id)) || playlists.some((playlist) => isRootOfMain(playlist) && leadsToOne(playlist.id));
}

/** Creatives and playlists that stand in a playlist, and are not drawn by themselves. */
export function idsInPlaylists(playlists: readonly Playlist[]): ReadonlySet<string> {
  return new Set(playlists.flatMap(({ items }) => items.map((item) => ('creative' in item ? item.creative : item.playlist))));
}
