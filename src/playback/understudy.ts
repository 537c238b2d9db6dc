import { MAIN_ZONE, type StageEvent } from '../contract/index.ts';
import type { StageLink } from './stage-link.ts';

/**
 * A page that is to take over the stage. It is told all that the page in front is told, and shows the same, unseen; so the
 * change from one to the other takes nothing off the screen, and no play ends with it.
 */
export class Understudy {
  readonly life: string;
  readonly #link: StageLink;
  readonly #cast: { readonly takeOver: () => void; readonly dismiss: () => void };
  /** Play → what became of it on this page. */
  readonly #heard = new Map<string, StageEvent>();
  readonly #frames = new Map<string, number>();
  /** What the main zone showed when this page was up for the first time. */
  #firstFront: string | null = null;

  constructor(life: string, link: StageLink, cast: { readonly takeOver: () => void; readonly dismiss: () => void }) {
    this.life = life;
    this.#link = link;
    this.#cast = cast;
  }

  /** It shows what the stage shows. */
  get isUp(): boolean {
    const fronts = [...this.#link.plays().values()].flatMap(({ front }) => front ?? []);
    if (!this.#link.hasUnderstudy) return false;
    return fronts.length === 0 ? [...this.#heard.values()].some(({ type }) => type === 'shown') : fronts.every((playId) => this.#hasShown(playId));
  }

  /**
   * It is up, and was before the last change: what the main zone shows came on in both pages at once, over the same picture.
   * Nobody can tell them apart.
   */
  get isInStep(): boolean {
    const front = this.#mainFront();
    return this.isUp && this.#firstFront !== null && front !== undefined && front !== this.#firstFront;
  }

  /** Now its reports are the evidence, and the page before hears nothing more. */
  takeOver(): void {
    this.#cast.takeOver();
  }

  /** It is not wanted any more, or did not come up. */
  dismiss(): void {
    this.#cast.dismiss();
  }

  /** It has opened its line: it shows what is in front from the beginning, not in step. */
  joined(): void {
    this.#heard.clear();
    this.#frames.clear();
    this.#firstFront = null;
  }

  hear(events: readonly StageEvent[]): void {
    const wanted = new Set([...this.#link.plays().values()].flatMap(({ front, behind }) => [front, behind]));
    for (const playId of this.#heard.keys()) if (!wanted.has(playId)) this.#heard.delete(playId);
    for (const event of events) {
      if (event.type === 'prepared' || event.type === 'shown' || event.type === 'failed') this.#heard.set(event.playId, event);
      if (event.type === 'heartbeat' && event.playId !== null) this.#frames.set(event.playId, event.presentedFrames);
    }
    if (this.#firstFront === null && this.isUp) this.#firstFront = this.#mainFront() ?? null;
  }

  /** What it has reported of the plays that are still wanted, and nobody heard. */
  untold(): readonly StageEvent[] {
    return [...this.#heard.values()];
  }

  framesOf(playId: string): number {
    return this.#frames.get(playId) ?? 0;
  }

  #mainFront(): string | undefined {
    return this.#link.plays().get(MAIN_ZONE)?.front;
  }

  #hasShown(playId: string): boolean {
    return this.#heard.get(playId)?.type === 'shown';
  }
}
