import type { Departure, Departures } from './supervision/index.ts';

/** How a life of a player ends that nobody told to stop. */
export interface Leaving {
  /** Aborts when it is time to go. */
  readonly signal: AbortSignal;
  /** What should happen then; `null`: it does not leave by itself. */
  readonly departure: Departure | null;
  /** It has been started again often enough: it is alive, and has chosen to stay. */
  readonly stays: boolean;
  /**
   * Something broke that nothing in here brings back.
   *
   * @param version of the programme that was played; `null`: none yet
   * @returns what follows; `null` when that is settled already: it goes, it stays, or it was told to stop
   */
  broken(version: number | null): Promise<Departure | 'stay-safe' | null>;
  /** Somebody asks for it; uncounted, for people do not ask in a loop. */
  restartIn(ms: number): void;
  /** The stage was well for an hour: if it breaks once more, that is another story. */
  wellForLong(): Promise<void>;
  /** It ends now, for whatever reason: what breaks from here on changes nothing. */
  over(): void;
}

export function createLeaving(departures: Departures): Leaving {
  const leaving = new AbortController();
  let departure: Departure | null = null;
  let settled = false;
  let stays = false;
  let stayedVersion: number | null = null;
  return {
    signal: leaving.signal,
    get departure() {
      return departure;
    },
    get stays() {
      return stays;
    },
    async broken(version) {
      // A newer programme is played whole, so it may break down in its turn.
      if (settled && !(stays && version !== stayedVersion)) return null;
      settled = true;
      const next = await departures.next(version);
      if (next === 'stay-safe') {
        stays = true;
        stayedVersion = version;
        return next;
      }
      departure = next;
      leaving.abort();
      return next;
    },
    restartIn(ms) {
      settled = true;
      departure = 'restart';
      setTimeout(() => leaving.abort(), ms);
    },
    async wellForLong() {
      if (stays) settled = false;
      stays = false;
      await departures.wellForLong();
    },
    over() {
      settled = true;
    },
  };
}
