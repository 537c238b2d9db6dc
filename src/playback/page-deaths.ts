import type { Creative } from '../contract/index.ts';

/** Three deaths of the first order: once is nothing, and twice is an accident. */
const ENOUGH = 6;
/** For a creative that was on its way to the front when the page died, or in front while nothing was on its way. */
const MAIN = 2;
/** For a creative in front, while another one was on its way: the page had presented it for long, and what changed last was the other. */
const WEAK = 1;
/** Somebody pulls a plug now and then: deaths further apart than this are not one story. */
const STORY_MS = 24 * 3_600_000;

/** Who was there when a page died. */
export interface Witnesses {
  /** In each zone: what the page was given and has not shown. */
  readonly unseen: readonly Creative[];
  /** In each zone: what was in front. */
  readonly inFront: readonly Creative[];
}

export interface Culprit {
  readonly creative: Creative;
  /** It was in front; else it kills on its way there. */
  readonly wasSeen: boolean;
}

interface Death {
  readonly atMs: number;
  readonly suspects: Map<string, number>;
}

/**
 * Deaths of the page that nothing explains yet, and under whom they fall. A culprit is there each time; who is there by chance
 * changes, and is acquitted with the next play to its end. So a culprit comes first even when it never presented anything, and
 * always died behind the same innocent one. Whoever was in front is not let off altogether: a creative may kill in leaving, and
 * then it is always another one that was on its way.
 *
 * All zones share a page, and its deaths. A rest belongs to the bytes, and so does a suspicion.
 */
export class PageDeaths {
  #unexplained: Death[] = [];
  /** Was found to be a culprit, and has not played to its end since: one more death is enough. */
  readonly #known = new Map<string, number>();

  /** @returns to whom the deaths are laid now: with them they are explained, and weigh on nobody else any more */
  died({ unseen, inFront }: Witnesses, nowMs: number): readonly Culprit[] {
    this.#forget(nowMs - STORY_MS);
    const points = (creatives: readonly Creative[], each: number): [string, number][] => creatives.map(({ sha256 }) => [sha256, each]);
    const suspects = new Map([...points(inFront, unseen.length > 0 ? WEAK : MAIN), ...points(unseen, MAIN)]);
    if (suspects.size === 0) return [];
    this.#unexplained.push({ atMs: nowMs, suspects });
    const culprits = new Map([...inFront, ...unseen].filter((creative) => this.#isProven(creative)).map((creative) => [creative.sha256, creative]));
    this.#unexplained = this.#unexplained.filter((death) => ![...culprits.keys()].some((sha256) => death.suspects.has(sha256)));
    for (const sha256 of culprits.keys()) this.#known.set(sha256, nowMs);
    return [...culprits.values()].map((creative) => ({ creative, wasSeen: !unseen.includes(creative) }));
  }

  /** It played to its end. */
  acquit({ sha256 }: Creative): void {
    this.#known.delete(sha256);
    this.#drop((suspect) => suspect === sha256);
  }

  /** Forgets what is in no programme any more. */
  keepOnly(creatives: readonly Creative[]): void {
    const kept = new Set(creatives.map(({ sha256 }) => sha256));
    for (const sha256 of this.#known.keys()) if (!kept.has(sha256)) this.#known.delete(sha256);
    this.#drop((suspect) => !kept.has(suspect));
  }

  #isProven({ sha256 }: Creative): boolean {
    const points = this.#unexplained.reduce((sum, { suspects }) => sum + (suspects.get(sha256) ?? 0), 0);
    return points >= (this.#known.has(sha256) ? MAIN : ENOUGH);
  }

  #drop(isMeant: (sha256: string) => boolean): void {
    for (const { suspects } of this.#unexplained) for (const sha256 of suspects.keys()) if (isMeant(sha256)) suspects.delete(sha256);
    this.#unexplained = this.#unexplained.filter(({ suspects }) => suspects.size > 0);
  }

  #forget(beforeMs: number): void {
    this.#unexplained = this.#unexplained.filter(({ atMs }) => atMs >= beforeMs);
    for (const [sha256, foundMs] of this.#known) if (foundMs < beforeMs) this.#known.delete(sha256);
  }
}
