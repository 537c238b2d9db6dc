import type { Audience, FrameObservation, Observation, SensorState, Visit } from '../contract/index.ts';
import { associate } from './association.ts';
import { census } from './census.ts';
import { DEFAULT_PARAMETERS, type AudienceParameters } from './parameters.ts';
import { isPerson, type Track } from './track.ts';
import { visitOf } from './visits.ts';

export interface AudienceRoom {
  /** Takes in the next observation. One that is older than the newest is ignored: it was overtaken. */
  observe(observation: Observation): void;
  /** Who is here at `monoMs`, a moment not before the newest observation. Asking changes nothing. */
  at(monoMs: number): Audience;
  /** Visits that have ended since the last call. They are handed out once and forgotten. */
  takeVisits(): Visit[];
  /** Ends everybody's visit with their last sighting, and hands out all that were not taken. */
  close(): Visit[];
}

/** Smoothing of the measured time between two searches for bodies. */
const BODY_INTERVAL_WEIGHT = 0.3;
/** Taken for that time until it was measured. */
const BODY_INTERVAL_GUESS_MS = 2_000;
/** A longer pause is an outage, not a rate. */
const BODY_INTERVAL_MOST_MS = 10_000;

/**
 * Follows the people in view. All times are those of the observations, in ms of one monotonic clock.
 */
export function createAudience(options: Partial<AudienceParameters> = {}): AudienceRoom {
  const parameters: AudienceParameters = { ...DEFAULT_PARAMETERS, ...options };
  // Until something was seen there is no sensor: an empty picture must first have been a picture.
  let sensor: SensorState = 'absent';
  let tracks: readonly Track[] = [];
  let ended: Visit[] = [];
  let newestMs = Number.NEGATIVE_INFINITY;
  let bodiesMs: number | null = null;
  let bodyIntervalMs: number | null = null;

  /** Whether somebody last seen at `track.lastMs` still counts as being here. */
  function isHere(track: Track, atMs: number): boolean {
    const [afterMs, searches] = isPerson(track, parameters) ? [parameters.lostAfterMs, parameters.lostAfterBodySearches] : [parameters.doubtAfterMs, parameters.doubtAfterBodySearches];
    return atMs - track.lastMs <= Math.max(afterMs, searches * (bodyIntervalMs ?? BODY_INTERVAL_GUESS_MS));
  }

  function end(leaving: readonly Track[]): void {
    ended.push(...leaving.filter((track) => isPerson(track, parameters)).map((track) => visitOf(track, parameters)));
  }

  function measureBodyRate({ bodies, atMs }: FrameObservation): void {
    if (bodies === null) return;
    if (bodiesMs !== null) {
      const measuredMs = Math.min(atMs - bodiesMs, BODY_INTERVAL_MOST_MS);
      bodyIntervalMs = bodyIntervalMs === null ? measuredMs : bodyIntervalMs + BODY_INTERVAL_WEIGHT * (measuredMs - bodyIntervalMs);
    }
    bodiesMs = atMs;
  }

  function takeVisits(): Visit[] {
    const taken = ended;
    ended = [];
    return taken;
  }

  return {
    observe(observation) {
      const { atMs } = observation;
      if (atMs < newestMs) return;
      newestMs = atMs;
      end(tracks.filter((track) => !isHere(track, atMs)));
      tracks = tracks.filter((track) => isHere(track, atMs));
      if (observation.kind === 'sensor') {
        sensor = observation.state;
        return;
      }
      sensor = 'ok';
      measureBodyRate(observation);
      tracks = associate(tracks, observation, parameters);
    },
    at: (monoMs) => census(tracks.filter((track) => isPerson(track, parameters) && isHere(track, monoMs)), sensor, monoMs, parameters),
    takeVisits,
    close() {
      end(tracks);
      tracks = [];
      return takeVisits();
    },
  };
}
