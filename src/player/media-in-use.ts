import type { Creative, Programme } from '../contract/index.ts';

/** The creatives whose files may still be asked for: of the programme, of the one before it, and the one in front. */
export class MediaInUse {
  readonly #front: () => Creative | null;
  #programmes: readonly Programme[] = [];

  constructor(front: () => Creative | null) {
    this.#front = front;
  }

  follow(programme: Programme): void {
    this.#programmes = [programme, ...this.#programmes].slice(0, 2);
  }

  find(sha256: string): Creative | undefined {
    return this.all().find((creative) => creative.sha256 === sha256);
  }

  all(): readonly Creative[] {
    const front = this.#front();
    return [...this.#programmes.flatMap(({ creatives }) => creatives), ...(front === null ? [] : [front])];
  }
}
