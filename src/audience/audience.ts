import type { Audience, Calibration, DemographicCalibration, FloorSums, FrameObservation, Observation, SensorState, Visit } from '../contract/index.ts';
import { followMessages, type Message } from './attention/index.ts';
import { census } from './census.ts';
import { addWalk, emptyFloor } from './floor/index.ts';
import { associate, isPerson, isSeenWell, type Track } from './people/index.ts';
import { settingFor, settingOf } from './setting.ts';
import { rememberPlaces, type StillPlace } from './stillness/index.ts';
import { visitOf } from './visits.ts';

export interface AudienceOptions {
  /** Where the camera stands. Without it nothing is said in metres, and the whole view is the exposure zone. */
  readonly calibration?: Calibration | null;
  /** How the age and gender net errs. Without it the net is believed as it is. */
  readonly demographics?: DemographicCalibration | null;
}

export interface AudienceRoom {
  /** Takes in the next observation. One that is older than the newest is ignored: it was overtaken. */
  observe(observation: Observation): void;
  /** What is on the screen at a moment; to be told at each change, and else now and then. `null`: nothing. */
  showing(message: Message | null, atMs: number): void;
  /** Who is here at `monoMs`, a moment not before the newest observation. Asking changes nothing. */
  at(monoMs: number): Audience;
  /** Visits that have ended since the last call. They are handed out once and forgotten. */
  takeVisits(): Visit[];
  /** What those visits left on the floor, as one sum, since the last call; `null` without a calibration. Forgotten likewise. */
  takeFloor(): FloorSums | null;
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
 *
 * @throws LitfassError `calibration-…` when the calibration cannot be
 */
export function createAudience({ calibration = null, demographics = null }: AudienceOptions = {}): AudienceRoom {
  const setting = settingOf(calibration, demographics);
  const { parameters, grid } = setting;
  const messages = followMessages();
  // Until something was seen there is no sensor: an empty picture must first have been a picture.
  let sensor: SensorState = 'absent';
  let tracks: readonly Track[] = [];
  let ended: Visit[] = [];
  let floor = grid && emptyFloor(grid);
  let stillPlaces: readonly StillPlace[] = [];
  let newestMs = Number.NEGATIVE_INFINITY;
  let bodiesMs: number | null = null;
  let bodyIntervalMs: number | null = null;

  /** Whether somebody last seen at `track.lastMs` still counts as being here. */
  function isHere(track: Track, atMs: number): boolean {
    const [afterMs, searches] = isSeenWell(track, parameters) ? [parameters.lostAfterMs, parameters.lostAfterBodySearches] : [parameters.doubtAfterMs, parameters.doubtAfterBodySearches];
    return atMs - track.lastMs <= Math.max(afterMs, searches * (bodyIntervalMs ?? BODY_INTERVAL_GUESS_MS));
  }

  function end(leaving: readonly Track[]): void {
    const shown = messages.since(Math.min(...tracks.map(({ enterMs }) => enterMs)));
    for (const track of leaving.filter((one) => isPerson(one, parameters))) {
      ended.push(visitOf(track, setting, shown));
      if (floor && track.conduct.walk) floor = addWalk(floor, track.conduct.walk);
    }
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
      const leaving = tracks.filter((track) => !isHere(track, atMs));
      if (leaving.length > 0) end(leaving);
      tracks = tracks.filter((track) => isHere(track, atMs));
      if (observation.kind === 'sensor') {
        sensor = observation.state;
        return;
      }
      sensor = 'ok';
      measureBodyRate(observation);
      tracks = associate(tracks, observation, settingFor(setting, observation), stillPlaces);
      stillPlaces = rememberPlaces(stillPlaces, tracks.map(({ liveliness }) => liveliness), atMs);
    },
    showing: (message, atMs) => messages.show(message, atMs),
    at: (monoMs) => census(tracks.filter((track) => isPerson(track, parameters) && isHere(track, monoMs)), sensor, monoMs, setting),
    takeVisits,
    takeFloor() {
      const taken = floor;
      floor = grid && emptyFloor(grid);
      return taken;
    },
    close() {
      end(tracks);
      tracks = [];
      return takeVisits();
    },
  };
}
