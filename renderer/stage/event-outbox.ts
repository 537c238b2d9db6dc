import { PAGE_HEADER, type StageEvent } from '../../src/contract/index.ts';

const RETRY_MS = 300;
const MOST_KEPT = 100;

/** Posts what happened on the stage to the player, in order, one request at a time. */
export class EventOutbox {
  readonly #url: string;
  #waiting: StageEvent[] = [];
  #busy = false;

  constructor(url: string) {
    this.#url = url;
  }

  post(...events: StageEvent[]): void {
    this.#waiting.push(...events);
    // While the player is away only the newest matter: it starts over when it is back.
    if (this.#waiting.length > MOST_KEPT) this.#waiting = this.#waiting.slice(-MOST_KEPT);
    if (!this.#busy) void this.#send();
  }

  async #send(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const response = await fetch(this.#url, { method: 'POST', headers: { 'content-type': 'application/json', [PAGE_HEADER]: 'stage' }, body: JSON.stringify(batch) });
        if (!response.ok) throw new Error(`${this.#url} answered ${String(response.status)}`);
      } catch (error) {
        console.warn('stage events wait:', error);
        this.#waiting = [...batch, ...this.#waiting].slice(-MOST_KEPT);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
    this.#busy = false;
  }
}
