import { createHash } from 'node:crypto';
import type { Playlist, PlaylistItem } from '../../contract/index.ts';
import { uniform } from '../draw.ts';

interface Round {
  readonly number: number;
  readonly order: readonly number[];
}

/**
 * Which item of a playlist has which turn, counted from 0. A shuffled playlist is a new permutation in each round, and does not
 * begin with what the last one ended with. The round that was last asked for is kept: thousands of items are asked for one by one.
 */
export class PlaylistOrder {
  readonly #salt: string;
  readonly #rounds = new WeakMap<Playlist, Round>();

  /** @param salt the same salt gives the same orders */
  constructor(salt: string) {
    this.#salt = salt;
  }

  itemAt(playlist: Playlist, turn: number): PlaylistItem {
    const { items, order } = playlist;
    const place = turn % items.length;
    const index = order === 'in-order' ? place : this.#round(playlist, Math.floor(turn / items.length))[place];
    return items[index ?? 0] as PlaylistItem;
  }

  #round(playlist: Playlist, number: number): readonly number[] {
    const known = this.#rounds.get(playlist);
    if (known?.number === number) return known.order;
    const order = this.#drawRound(playlist, number);
    this.#rounds.set(playlist, { number, order });
    return order;
  }

  #drawRound({ id, items }: Playlist, number: number): readonly number[] {
    const order = shuffled(items.length, `${this.#salt} ${id} ${number}`);
    if (items.length < 3 || number === 0) return order;
    const [first, second] = order as [number, number];
    if (first !== shuffled(items.length, `${this.#salt} ${id} ${number - 1}`).at(-1)) return order;
    return [second, first, ...order.slice(2)];
  }
}

/** Fisher and Yates, after Durstenfeld 1964. */
function shuffled(length: number, seed: string): readonly number[] {
  const start = createHash('sha256').update(seed).digest().readUInt32BE(0);
  const order = Array.from({ length }, (_, index) => index);
  for (let left = length - 1; left > 0; left -= 1) {
    const other = Math.floor(uniform((start + left) >>> 0) * (left + 1));
    [order[left], order[other]] = [order[other] as number, order[left] as number];
  }
  return order;
}
