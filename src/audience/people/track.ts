import type { Box, FrameObservation } from '../../contract/index.ts';
import { followConduct, joinConduct, NO_CONDUCT, type Conduct } from '../conduct.ts';
import { BODY_GAIT, FACE_GAIT } from './gait.ts';
import type { AudienceParameters } from '../parameters.ts';
import type { Setting } from '../setting.ts';
import { followLiveliness, isStill, UNKNOWN_LIVELINESS, type Liveliness, type StillPlace } from '../stillness/index.ts';
import { scoreOf, type Sighting } from './sightings.ts';
import { beginPath, continuePath, missPath, type MotionModel, type Path } from '../tracking/index.ts';

/** The sightings of one person, joined over time. It has no identifier and ends with the visit. */
export interface Track {
  readonly enterMs: number;
  readonly lastMs: number;
  /** Sum of the scores of all sightings, and the highest of them. */
  readonly score: number;
  readonly bestScore: number;
  readonly face: Path | null;
  readonly body: Path | null;
  readonly conduct: Conduct;
  readonly liveliness: Liveliness;
}

export function beginTrack(sighting: Sighting, frame: FrameObservation, setting: Setting, places: readonly StillPlace[]): Track {
  const { atMs } = frame;
  const nothing: Track = { enterMs: atMs, lastMs: atMs, score: 0, bestScore: 0, face: null, body: null, conduct: NO_CONDUCT, liveliness: UNKNOWN_LIVELINESS };
  return continueTrack(nothing, sighting, frame, setting, places);
}

export function continueTrack(track: Track, sighting: Sighting, frame: FrameObservation, setting: Setting, places: readonly StillPlace[]): Track {
  const { face, body } = sighting;
  const { atMs } = frame;
  const score = scoreOf(sighting);
  const missed = missTrack(track, frame);
  const liveliness = followLiveliness(track.liveliness, sighting, atMs, places);
  // What never moved and now does was no visit until now.
  const isWoken = isStill(track.liveliness) && !isStill(liveliness);
  return {
    ...track,
    enterMs: isWoken ? atMs : track.enterMs,
    lastMs: atMs,
    score: track.score + score,
    bestScore: Math.max(track.bestScore, score),
    face: face ? follow(track.face, face.box, atMs, FACE_GAIT) : missed.face,
    body: body ? follow(track.body, body.box, atMs, BODY_GAIT) : missed.body,
    conduct: followConduct(isWoken ? NO_CONDUCT : track.conduct, sighting, frame, setting),
    liveliness,
  };
}

/** Nothing of it was found in a picture. Bodies are not searched in every one. */
export function missTrack(track: Track, { bodies }: FrameObservation): Track {
  return { ...track, face: track.face && missPath(track.face), body: track.body && bodies !== null ? missPath(track.body) : track.body };
}

function follow(path: Path | null, box: Box, atMs: number, gait: MotionModel): Path {
  return path ? continuePath(path, box, atMs, gait) : beginPath(box, atMs, gait);
}

/** Two tracks of one person, of whom one was only ever a face and the other only ever a body, as one. */
export function joinTracks(a: Track, b: Track): Track {
  const [looked, walked] = a.face ? [a, b] : [b, a];
  return {
    enterMs: Math.min(a.enterMs, b.enterMs),
    lastMs: Math.max(a.lastMs, b.lastMs),
    score: a.score + b.score,
    bestScore: Math.max(a.bestScore, b.bestScore),
    face: a.face ?? b.face,
    body: a.body ?? b.body,
    conduct: joinConduct(looked.conduct, walked.conduct),
    liveliness: { face: a.liveliness.face ?? b.liveliness.face, body: a.liveliness.body ?? b.liveliness.body },
  };
}

/** Whether there was enough to see to call it a person, and it lives. */
export function isPerson(track: Track, parameters: AudienceParameters): boolean {
  return isSeenWell(track, parameters) && !isStill(track.liveliness);
}

/** Whether there was enough to see to follow it on: a person, or something that looks like one. */
export function isSeenWell(track: Track, parameters: AudienceParameters): boolean {
  return track.bestScore >= parameters.clearScore && track.score >= parameters.confirmScore && track.lastMs - track.enterMs >= parameters.confirmAfterMs;
}
