import { createHash } from 'node:crypto';
import { drawn, type Choice } from './decide.ts';
import { draw } from './draw.ts';
import { eligiblePool, recurring, type Eligible, type Situation } from './eligible.ts';
import type { Offer } from './offer.ts';

/** So many slots back it is known what was shown: a repeat can be avoided without asking what really was. */
const CHAIN = 8;

export interface Slot {
  /** Whole cycles since 1970. */
  readonly number: number;
  readonly startMs: number;
  readonly endMs: number;
}

export function slotAt(wallMs: number, cycleMs: number): Slot {
  const number = Math.floor(wallMs / cycleMs);
  return { number, startMs: number * cycleMs, endMs: (number + 1) * cycleMs };
}

/** The seed of a slot's draw, the same on every screen that has the programme: first 32 bits of SHA-256 over `version slot`. */
export function slotSeed(programmeVersion: number, slot: number): number {
  return createHash('sha256').update(`${programmeVersion} ${slot}`).digest().readUInt32BE(0);
}

/**
 * What every screen shows in a slot: it follows from the programme, the number of the slot and what the schedules and criteria
 * say at its start, and from nothing that a screen did before. One that just started agrees with those that never stopped. A
 * screen on which the creative has failed shows something else for that time.
 *
 * @param cycleMs length of all slots; @param situation with the wall clock at the start of the slot
 */
export function decideForSlot(offer: Offer, situation: Situation, slot: number, cycleMs: number, decisionId: string): Choice | null {
  const common: Situation = { ...situation, setAside: new Set(), lastShownMs: new Map(), lastCreativeId: null, row: null };
  const due = dueInSlot(offer, common, slot, cycleMs);
  const record = { decisionId, programmeVersion: offer.programmeVersion, slot, seed: slotSeed(offer.programmeVersion, slot) };
  const wanted = drawn(due.length > 0 ? due : poolInSlot(offer, common, slot), common, record);
  if (wanted === null || !situation.setAside.has(wanted.creative.id)) return wanted;
  return drawn(poolInSlot(offer, { ...common, setAside: situation.setAside }, slot), common, record);
}

/** A playlist's turns are counted in slots. Without what the slot before shows, as far as that can be known. */
function poolInSlot(offer: Offer, situation: Situation, slot: number): readonly Eligible[] {
  const poolOf = (number: number): readonly Eligible[] => eligiblePool(offer, { ...situation, turns: turnsInSlot(offer, number) });
  let before: string | null = null;
  let pool: readonly Eligible[] = [];
  // Only playlists change from slot to slot; without them the pool is looked up once.
  const same = offer.playlists.size === 0 ? poolOf(slot) : null;
  for (let number = slot - (slot % CHAIN); number <= slot; number += 1) {
    const all = same ?? poolOf(number);
    const fresh = all.filter(({ creative }) => creative.id !== before);
    pool = fresh.length > 0 ? fresh : all;
    const [first, ...rest] = pool;
    if (first === undefined) return pool;
    before = draw([first, ...rest], slotSeed(offer.programmeVersion, number)).winner.creative.id;
  }
  return pool;
}

/** A nested playlist moves on by one with each round of the playlists around it: every creative gets its turn. */
function turnsInSlot(offer: Offer, slot: number): ReadonlyMap<string, number> {
  const turns = new Map<string, number>();
  const walk = (id: string, turn: number): void => {
    const playlist = offer.playlists.get(id);
    if (playlist === undefined || turns.has(id)) return;
    turns.set(id, turn);
    for (const item of playlist.items) if ('playlist' in item) walk(item.playlist, Math.floor(turn / playlist.items.length));
  };
  for (const { id } of offer.candidates) walk(id, slot);
  return turns;
}

/** What has to come back takes every n-th slot, each creative another one. */
function dueInSlot(offer: Offer, { almanac, wallMs }: Situation, slot: number, cycleMs: number): readonly Eligible[] {
  return offer.recurring.flatMap((candidate, index) => {
    const { atLeastEveryMs = 0, schedule } = candidate.what;
    const every = Math.max(1, Math.floor(atLeastEveryMs / cycleMs));
    const isInTime = schedule === undefined || almanac.holds(schedule, wallMs) !== null;
    return isInTime && slot % every === index % every ? [recurring(candidate)] : [];
  });
}
