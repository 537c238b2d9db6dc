import type { Creative } from '../contract/index.ts';

/** What is broken for a year says so once a day, not at each try. */
const AGAIN_MS = 24 * 3_600_000;

/** Remembers which faults of which creatives were said, so that one broken file does not fill the log. */
export class SaidFaults {
  readonly #saidMs = new Map<string, Map<string, number>>();

  /** @returns whether it is to be said; then it counts as said. */
  isNew(code: string, { sha256 }: Creative, nowMs: number): boolean {
    const said = this.#saidMs.get(sha256) ?? new Map<string, number>();
    if (nowMs - (said.get(code) ?? -Infinity) < AGAIN_MS) return false;
    said.set(code, nowMs);
    this.#saidMs.set(sha256, said);
    return true;
  }

  /** It played to its end: if it breaks again, that is news. */
  forget({ sha256 }: Creative): void {
    this.#saidMs.delete(sha256);
  }

  /** Forgets what is in no programme any more. */
  keepOnly(creatives: readonly Creative[]): void {
    const known = new Set(creatives.map(({ sha256 }) => sha256));
    for (const sha256 of this.#saidMs.keys()) if (!known.has(sha256)) this.#saidMs.delete(sha256);
  }
}
