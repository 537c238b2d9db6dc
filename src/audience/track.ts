import { addSample, NO_EVIDENCE, type Evidence } from './demographics.ts';
import { seenAt, type Motion } from './motion.ts';
import type { AudienceParameters } from './parameters.ts';
import type { Sighting } from './sightings.ts';
import { NEVER_WATCHED, watch, type Watching } from './watching.ts';

/** The sightings of one person, joined over time. It has no identifier and ends with the visit. */
export interface Track {
  readonly enterMs: number;
  readonly lastMs: number;
  /** Sum of the scores of all sightings, and the highest of them. */
  readonly score: number;
  readonly bestScore: number;
  readonly face: Motion | null;
  readonly body: Motion | null;
  readonly watching: Watching;
  readonly evidence: Evidence;
}

export function beginTrack(sighting: Sighting, atMs: number, parameters: AudienceParameters): Track {
  const nothing: Track = { enterMs: atMs, lastMs: atMs, score: 0, bestScore: 0, face: null, body: null, watching: NEVER_WATCHED, evidence: NO_EVIDENCE };
  return continueTrack(nothing, sighting, atMs, parameters);
}

export function continueTrack(track: Track, { face, body }: Sighting, atMs: number, parameters: AudienceParameters): Track {
  const score = Math.max(face?.score ?? 0, body?.score ?? 0);
  return {
    ...track,
    lastMs: atMs,
    score: track.score + score,
    bestScore: Math.max(track.bestScore, score),
    face: face ? seenAt(track.face, face.box, atMs) : track.face,
    body: body ? seenAt(track.body, body.box, atMs) : track.body,
    watching: watch(track.watching, face, atMs, parameters),
    evidence: face?.demographics ? addSample(track.evidence, face.demographics) : track.evidence,
  };
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
