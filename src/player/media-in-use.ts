import type { Creative, Programme } from '../contract/index.ts';

/** The creatives whose files may still be asked for: of the programme, of the one before it, and those in front. */
export class MediaInUse {
  readonly #inFront: () => readonly Creative[];
  #programmes: readonly Programme[] = [];
  /** Asked for each file that the stage loads: ten thousand creatives are not searched for it. */
  #bySha256: ReadonlyMap<string, Creative> = new Map();

  constructor(inFront: () => readonly Creative[]) {
    this.#inFront = inFront;
  }

  follow(programme: Programme): void {
    this.#programmes = [programme, ...this.#programmes].slice(0, 2);
    // The newest programme says what a file is.
    this.#bySha256 = new Map(this.#programmes.toReversed().flatMap(({ creatives }) => creatives.map((creative) => [creative.sha256, creative])));
  }

  find(sha256: string): Creative | undefined {
    return this.#bySha256.get(sha256) ?? this.#inFront().find((creative) => creative.sha256 === sha256);
  }

  all(): readonly Creative[] {
    return [...this.#programmes.flatMap(({ creatives }) => creatives), ...this.#inFront()];
  }
}
