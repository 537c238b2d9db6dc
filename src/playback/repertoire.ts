import type { Creative, Decision, Programme } from '../contract/index.ts';
import { decide, outranks, winningTier, type CriteriaMemory, type Situation } from '../selection/index.ts';
import type { FrontPlay } from './front-play.ts';
import { SetAside } from './set-aside.ts';
import type { UpcomingPlay } from './upcoming-play.ts';

export interface Choice {
  readonly creative: Creative;
  readonly decision: Decision;
}

/** What a zone may play, and what it remembers of what it played: the memory that a decision is made with. */
export class Repertoire {
  readonly #criteria: CriteriaMemory;
  readonly #setAside = new SetAside();
  readonly #lastShownMs = new Map<string, number>();
  #lastCreativeId: string | null = null;
  #programme: Programme | null = null;

  /** @param criteria kept up to date by its owner: all zones have the same audience */
  constructor(criteria: CriteriaMemory) {
    this.#criteria = criteria;
  }

  follow(programme: Programme, nowMs: number): void {
    this.#programme = programme;
    this.#setAside.keepOnly(programme.creatives);
    for (const { id } of programme.creatives) if (!this.#lastShownMs.has(id)) this.#lastShownMs.set(id, nowMs);
  }

  /** @returns `null`: there is nothing that could be shown now */
  choose(nowMs: number, seed: number, decisionId: string): Choice | null {
    if (this.#programme === null) return null;
    const decision = decide(this.#programme, this.#situation(nowMs), seed, decisionId);
    const creative = this.#programme.creatives.find(({ id }) => id === decision?.creativeId);
    return decision === null || creative === undefined ? null : { creative, decision };
  }

  /** The people changed their mind since it was chosen. */
  isOutdated({ creative, decision: { reason } }: UpcomingPlay, nowMs: number): boolean {
    if (this.#programme === null) return false;
    const stillHolds = creative.criteria.every((criterion) => this.#criteria.holds(criterion)) || reason.kind === 'rotation';
    const tier = winningTier(this.#programme, this.#situation(nowMs));
    return !stillHolds || (tier !== null && outranks(tier, reason.tier));
  }

  /** Whether something that overrides it may break into a play. Rotation waits for a slot; only audience and booking do not. */
  mayInterrupt(play: FrontPlay, nowMs: number): boolean {
    if (this.#programme === null || nowMs - play.shown.monoMs < this.#programme.selection.minimumHoldMs) return false;
    const tier = winningTier(this.#programme, { ...this.#situation(nowMs), lastShownMs: new Map() });
    return tier !== null && outranks(tier, play.decision.reason.tier);
  }

  lastShownMs(creativeId: string): number | null {
    return this.#lastShownMs.get(creativeId) ?? null;
  }

  shown({ id }: Creative, nowMs: number): void {
    this.#lastShownMs.set(id, nowMs);
    this.#lastCreativeId = id;
  }

  failed(creative: Creative, nowMs: number): void {
    this.#setAside.strike(creative, nowMs);
  }

  playedToItsEnd(creative: Creative): void {
    this.#setAside.clear(creative);
  }

  #situation(nowMs: number): Situation {
    return {
      nowMs,
      criteria: this.#criteria,
      lastShownMs: this.#lastShownMs,
      lastCreativeId: this.#lastCreativeId,
      setAside: this.#setAside.among(this.#programme?.creatives ?? [], nowMs),
    };
  }
}
