import type { StageEvent } from '../contract/index.ts';
import type { StageLink, StageRole } from './stage-link.ts';
import { Understudy } from './understudy.ts';

/** A layout has sixteen zones at the most, and a change of layout as many again. */
const MOST_COUNTED = 64;

type Listener = (events: readonly StageEvent[]) => void;

/**
 * Which page has the stage. Usually there is one; while it is being replaced, another one follows unseen what the first one
 * shows, and its reports are no evidence before it takes over. Each opened page is known by its life, a word of its address that
 * the shell said before it opened it: a page that nobody announced has no part, whoever brought it up and wherever.
 */
export class StageCast {
  readonly #link: StageLink;
  readonly #onEvents: Listener;
  /** Play in front → frames that it presented on the page before. */
  #carried: ReadonlyMap<string, number> = new Map();
  readonly #counts = new Map<string, number>();
  /** The one page that may have the stage, and the one that has it, or had it last. */
  #announced: string | null = null;
  #life: string | null = null;
  #understudy: Understudy | null = null;

  constructor(link: StageLink, onEvents: Listener) {
    this.#link = link;
    this.#onEvents = onEvents;
  }

  /** The page of this life is being opened for the stage. One that hung before and comes to itself must not take the stage back. */
  announce(life: string): void {
    this.#announced = life;
  }

  /** @returns its line of commands; `null` for a page that was replaced, or never announced: it has to go */
  open(role: StageRole, life: string): ReadableStream<Uint8Array> | null {
    if (role === 'view') return this.#link.open('view');
    if (this.#understudy?.life === life) {
      this.#understudy.joined();
      return this.#link.open('understudy');
    }
    if (life !== this.#announced) return null;
    this.#life = life;
    this.#carried = new Map();
    this.#counts.clear();
    return this.#link.open('screen');
  }

  /** What a page has reported; of a looker-on nobody hears. */
  report(life: string, events: readonly StageEvent[]): void {
    if (this.#understudy?.life === life) this.#understudy.hear(events);
    else if (life === this.#life) this.#hear(events);
  }

  /** From now on the page of this life is no rival: it follows what is shown. */
  call(life: string): Understudy {
    this.#understudy?.dismiss();
    const understudy = new Understudy(life, this.#link, {
      takeOver: () => this.#takeOver(understudy),
      dismiss: () => this.#dismiss(understudy),
    });
    this.#understudy = understudy;
    return understudy;
  }

  #takeOver(understudy: Understudy): void {
    if (this.#understudy !== understudy) return;
    this.#understudy = null;
    this.#announced = understudy.life;
    this.#life = understudy.life;
    const inFront = [...this.#link.plays()].flatMap(([, { front }]) => front ?? []);
    this.#carried = new Map(inFront.map((playId) => [playId, Math.max(0, (this.#counts.get(playId) ?? 0) - understudy.framesOf(playId))]));
    this.#link.promote();
    // Without a play in front the page before was given up: everything begins anew, on a page that is there.
    this.#hear(inFront.length === 0 ? [{ type: 'loaded' }] : understudy.untold());
  }

  #dismiss(understudy: Understudy): void {
    if (this.#understudy !== understudy) return;
    this.#understudy = null;
    this.#link.dismiss();
  }

  /** A play that went on over a change of pages was presented by both. */
  #hear(events: readonly StageEvent[]): void {
    const whole = events.map((event) => ('presentedFrames' in event && event.playId !== null ? { ...event, presentedFrames: event.presentedFrames + (this.#carried.get(event.playId) ?? 0) } : event));
    for (const event of whole) {
      if (event.type === 'retired') this.#counts.delete(event.playId);
      if (event.type === 'heartbeat' && event.playId !== null) this.#count(event.playId, event.presentedFrames);
    }
    this.#onEvents(whole);
  }

  /** The newest last: a play whose zone was closed is never heard of again. */
  #count(playId: string, frames: number): void {
    this.#counts.delete(playId);
    this.#counts.set(playId, frames);
    const [oldest] = this.#counts.keys();
    if (this.#counts.size > MOST_COUNTED && oldest !== undefined) this.#counts.delete(oldest);
  }
}
