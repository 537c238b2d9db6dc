import type { Box, FrameObservation } from '../contract/index.ts';
import { addSample, NO_EVIDENCE, type Evidence } from './demographics.ts';
import { BODY_GAIT, FACE_GAIT } from './gait.ts';
import type { AudienceParameters } from './parameters.ts';
import { scoreOf, type Sighting } from './sightings.ts';
import { beginPath, continuePath, missPath, type MotionModel, type Path } from './tracking/index.ts';
import { NEVER_WATCHED, watch, type Watching } from './watching.ts';

/** The sightings of one person, joined over time. It has no identifier and ends with the visit. */
export interface Track {
  readonly enterMs: number;
  readonly lastMs: number;
  /** Sum of the scores of all sightings, and the highest of them. */
  readonly score: number;
  readonly bestScore: number;
  readonly face: Path | null;
  readonly body: Path | null;
  readonly watching: Watching;
  readonly evidence: Evidence;
}

export function beginTrack(sighting: Sighting, frame: FrameObservation, parameters: AudienceParameters): Track {
  const { atMs } = frame;
  const nothing: Track = { enterMs: atMs, lastMs: atMs, score: 0, bestScore: 0, face: null, body: null, watching: NEVER_WATCHED, evidence: NO_EVIDENCE };
  return continueTrack(nothing, sighting, frame, parameters);
}

export function continueTrack(track: Track, sighting: Sighting, frame: FrameObservation, parameters: AudienceParameters): Track {
  const { face, body } = sighting;
  const { atMs } = frame;
  const score = scoreOf(sighting);
  const missed = missTrack(track, frame);
  return {
    ...track,
    lastMs: atMs,
    score: track.score + score,
    bestScore: Math.max(track.bestScore, score),
    face: face ? follow(track.face, face.box, atMs, FACE_GAIT) : missed.face,
    body: body ? follow(track.body, body.box, atMs, BODY_GAIT) : missed.body,
    watching: watch(track.watching, face, atMs, parameters),
    evidence: face?.demographics ? addSample(track.evidence, face.demographics) : track.evidence,
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
  const looked = a.face ? a : b;
  return {
    enterMs: Math.min(a.enterMs, b.enterMs),
    lastMs: Math.max(a.lastMs, b.lastMs),
    score: a.score + b.score,
    bestScore: Math.max(a.bestScore, b.bestScore),
    face: a.face ?? b.face,
    body: a.body ?? b.body,
    watching: looked.watching,
    evidence: looked.evidence,
  };
}

/** Whether there was enough to see to call it a person. */
export function isPerson(track: Track, parameters: AudienceParameters): boolean {
  return track.bestScore >= parameters.clearScore && track.score >= parameters.confirmScore && track.lastMs - track.enterMs >= parameters.confirmAfterMs;
}
