import type { Creative, Playlist } from '../../contract/index.ts';
import type { PlaylistOrder } from './order.ts';

/** What a walk through playlists asks on its way. */
export interface Guide {
  readonly creative: (id: string) => Creative | undefined;
  readonly playlist: (id: string) => Playlist | undefined;
  /** Whether a creative or playlist may be shown now, by its criteria, its schedule and its rests. */
  readonly isOpen: (what: Creative | Playlist) => boolean;
  /** How many items of a playlist had their turn. */
  readonly turn: (playlistId: string) => number;
  readonly order: PlaylistOrder;
}

export interface Walk {
  readonly creative: Creative;
  /** From the outermost inwards. */
  readonly path: readonly Playlist[];
  /** Playlist id → its turn after this creative was shown. */
  readonly turns: ReadonlyMap<string, number>;
  /** The outermost has played what it plays at once: its next item, or all of them. */
  readonly isRowOver: boolean;
}

/**
 * The next creative of a playlist, down through all that it holds. What may not be shown is passed over.
 *
 * @returns `null` when nothing in it may be shown
 */
export function nextOf(playlist: Playlist, guide: Guide): Walk | null {
  return next(playlist, guide, new Set());
}

/** @param barren playlists that were searched in vain: one that stands in many others is searched once */
function next(playlist: Playlist, guide: Guide, barren: Set<string>): Walk | null {
  if (barren.has(playlist.id) || !guide.isOpen(playlist)) return null;
  const first = guide.turn(playlist.id);
  for (let turn = first; turn < first + playlist.items.length; turn += 1) {
    const found = itemWalk(playlist, turn, guide, barren);
    if (found !== null) return withTurn(playlist, turn, found, guide, barren);
  }
  barren.add(playlist.id);
  return null;
}

function itemWalk(playlist: Playlist, turn: number, guide: Guide, barren: Set<string>): Walk | null {
  const item = guide.order.itemAt(playlist, turn);
  if ('playlist' in item) {
    const inner = guide.playlist(item.playlist);
    return inner === undefined ? null : next(inner, guide, barren);
  }
  const creative = guide.creative(item.creative);
  return creative !== undefined && guide.isOpen(creative) ? { creative, path: [], turns: new Map(), isRowOver: true } : null;
}

/** An item has had its turn when what it plays at once is over; a row is over with its round. */
function withTurn(playlist: Playlist, turn: number, inner: Walk, guide: Guide, barren: Set<string>): Walk {
  const path = [playlist, ...inner.path];
  if (!inner.isRowOver) return { ...inner, path, turns: new Map([...inner.turns, [playlist.id, turn]]) };
  const isRowOver = playlist.play === 'next' || !hasMoreInRound(playlist, turn + 1, guide, barren);
  const after = playlist.play === 'all' && isRowOver ? roundEnd(playlist, turn) : turn + 1;
  return { ...inner, path, turns: new Map([...inner.turns, [playlist.id, after]]), isRowOver };
}

/** A row must not go on for ever because the last of its items may not be shown. */
function hasMoreInRound(playlist: Playlist, from: number, guide: Guide, barren: Set<string>): boolean {
  for (let turn = from; turn < roundEnd(playlist, from - 1); turn += 1) if (itemWalk(playlist, turn, guide, barren) !== null) return true;
  return false;
}

/** The first turn of the round after that of `turn`. */
function roundEnd({ items }: Playlist, turn: number): number {
  return (Math.floor(turn / items.length) + 1) * items.length;
}
