import { MAIN_ZONE, type Creative, type Programme } from '../contract/index.ts';
import { decide, decideForSlot, offerOf, outranks, PlaylistOrder, stillHolds, winningTier, type Almanac, type Choice, type CriteriaMemory, type Offer, type Situation, type Slot } from '../selection/index.ts';
import type { FrontPlay } from './front-play.ts';
import type { PageDeaths } from './page-deaths.ts';
import { SetAside, type Cause } from './set-aside.ts';
import { standIn, type Casting } from './stand-in.ts';
import type { UpcomingPlay } from './upcoming-play.ts';

/** Both clocks at the moment for which something is chosen. */
export interface Moment {
  readonly monoMs: number;
  readonly wallMs: number;
}

/** What all zones of a screen know. */
export interface Shared {
  /** All zones have the same audience; kept up to date by its owner. */
  readonly criteria: CriteriaMemory;
  readonly almanac: Almanac;
  /** Creative id → when it was last in front; filled in by the zones. */
  readonly lastShownMs: Map<string, number>;
  readonly pageDeaths: PageDeaths;
}

/** What a zone may play, and what it remembers of what it played: the memory that a decision is made with. */
export class Repertoire {
  readonly #zone: string;
  readonly #shared: Shared;
  readonly #salt: string;
  readonly #setAside = new SetAside();
  #offer: Offer | null = null;
  #cycleMs: number | null = null;
  #order: PlaylistOrder;
  #turns: ReadonlyMap<string, number> = new Map();
  #row: string | null = null;
  #lastCreativeId: string | null = null;

  /** @param salt of this life of the player: its shuffled playlists do not begin as in the last one */
  constructor(zone: string, shared: Shared, salt: string) {
    this.#zone = zone;
    this.#shared = shared;
    this.#salt = salt;
    this.#order = new PlaylistOrder(salt);
  }

  follow(programme: Programme): void {
    this.#offer = offerOf(programme, this.#zone);
    this.#cycleMs = this.#zone === MAIN_ZONE ? (programme.slots?.cycleMs ?? null) : null;
    // Screens that share slots share the order too.
    this.#order = new PlaylistOrder(this.#cycleMs === null ? this.#salt : String(programme.version));
    this.#turns = new Map([...this.#turns].filter(([id]) => this.#offer?.playlists.has(id)));
    this.#setAside.keepOnly(programme.creatives);
  }

  /** Length of the slots that all screens share, ms; `null` when the programme has none. */
  get cycleMs(): number | null {
    return this.#cycleMs;
  }

  /** @param slot for which it is chosen; `null`: this screen keeps its own time. @returns `null`: there is nothing that could be shown */
  choose(moment: Moment, slot: Slot | null, seed: number, decisionId: string): Casting | null {
    const [offer, cycleMs] = [this.#offer, this.#cycleMs];
    if (offer === null) return null;
    const decideWith = (situation: Situation): Choice | null =>
      slot === null || cycleMs === null ? decide(offer, situation, seed, decisionId) : decideForSlot(offer, { ...situation, wallMs: slot.startMs }, slot.number, cycleMs, decisionId);
    const situation = this.#situation(moment);
    const choice = decideWith(situation) ?? decideWith({ ...situation, setAside: this.#setAside.failedLately(offer.members, moment.monoMs) });
    const fallback = choice !== null && this.#setAside.rests(choice.creative, moment.monoMs) ? this.fallbackOf(choice.creative, moment.monoMs) : null;
    if (choice === null) return null;
    return fallback === null ? { ...choice, standsFor: null } : standIn(choice, fallback, 'set-aside');
  }

  /** What is shown when this one cannot be; `null`: nothing was named, or that rests itself. */
  fallbackOf({ fallback }: Pick<Creative, 'fallback'>, nowMs: number): Creative | null {
    const named = fallback === undefined ? undefined : this.#offer?.creatives.get(fallback);
    return named === undefined || this.#setAside.rests(named, nowMs) ? null : named;
  }

  /** People or hours have changed since it was chosen. */
  isOutdated({ creative, standsFor, path, decision: { reason, slot } }: UpcomingPlay, moment: Moment): boolean {
    if (this.#offer === null) return false;
    const situation = this.#situationOf(slot, moment);
    const tier = winningTier(this.#offer, situation);
    return (reason.kind !== 'rotation' && !stillHolds(standsFor ?? creative, path, situation)) || (tier !== null && outranks(tier, reason.tier));
  }

  /** Whether something that overrides it may break into a play. Rotation waits for a slot; only audience, hours and booking do not. */
  mayInterrupt(play: FrontPlay, moment: Moment): boolean {
    if (this.#offer === null || moment.monoMs - play.shown.monoMs < this.#offer.minimumHoldMs) return false;
    const tier = winningTier(this.#offer, { ...this.#situationOf(play.decision.slot, moment), lastShownMs: new Map() });
    return tier !== null && outranks(tier, play.decision.reason.tier);
  }

  /** Whoever had a stand-in has had its turn. */
  shown({ creative, standsFor, path, turns, goesOn }: Casting, { monoMs }: Moment): void {
    this.#shared.lastShownMs.set(creative.id, monoMs);
    if (standsFor !== null) this.#shared.lastShownMs.set(standsFor.id, monoMs);
    this.#lastCreativeId = (standsFor ?? creative).id;
    this.#turns = new Map([...this.#turns, ...turns]);
    const root = path[0]?.id;
    // What breaks into a row does not end it.
    if (root !== undefined && (goesOn || root === this.#row)) this.#row = goesOn ? root : null;
  }

  /** As `SetAside.strike`. */
  failed(creative: Creative, nowMs: number, cause: Cause): number | null {
    return this.#setAside.strike(creative, nowMs, cause);
  }

  /** As `SetAside.pageLost`. */
  pageLost(lastFrameMs: number): void {
    this.#setAside.pageLost(lastFrameMs);
  }

  playedToItsEnd(creative: Creative): void {
    this.#setAside.clear(creative);
    this.#shared.pageDeaths.acquit(creative);
  }

  /** In shared slots the slot says what is due and what time it is, not what this screen has shown and when it looks. */
  #situationOf(slot: number | undefined, moment: Moment): Situation {
    const own = this.#situation(moment);
    return slot === undefined || this.#cycleMs === null ? own : { ...own, lastShownMs: new Map(), wallMs: slot * this.#cycleMs };
  }

  #situation({ monoMs, wallMs }: Moment): Situation {
    return {
      ...this.#shared,
      nowMs: monoMs,
      wallMs,
      lastCreativeId: this.#lastCreativeId,
      setAside: this.#outOfTheDraw(monoMs),
      turns: this.#turns,
      row: this.#row,
      order: this.#order,
    };
  }

  /** What rests and has nothing to stand in for it. */
  #outOfTheDraw(nowMs: number): ReadonlySet<string> {
    const resting = [...this.#setAside.among(this.#offer?.members ?? [], nowMs)];
    return new Set(resting.filter((id) => this.fallbackOf(this.#offer?.creatives.get(id) ?? {}, nowMs) === null));
  }
}
