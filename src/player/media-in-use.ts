import type { Creative, Programme } from '../contract/index.ts';

/** The creatives whose files may still be asked for: of the programme, of the one before it, and those in front. */
export class MediaInUse {
  readonly #inFront: () => readonly Creative[];
  #programmes: readonly Programme[] = [];

  constructor(inFront: () => readonly Creative[]) {
    this.#inFront = inFront;
  }

  follow(programme: Programme): void {
    this.#programmes = [programme, ...this.#programmes].slice(0, 2);
  }

  find(sha256: string): Creative | undefined {
    return this.all().find((creative) => creative.sha256 === sha256);
  }

  all(): readonly Creative[] {
    return [...this.#programmes.flatMap(({ creatives }) => creatives), ...this.#inFront()];
  }
}
