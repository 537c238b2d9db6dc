import type { Box } from '../../contract/index.ts';
import { centre, distance, ratio } from '../geometry.ts';
import { headLikeness } from './head.ts';
import type { Sighting } from './sightings.ts';
import type { Track } from './track.ts';
import { predictPath, straightness, TRACKER_PARAMETERS, type Path } from '../tracking/index.ts';

/** How far from where it should be something may be found again: at once, more for each second unseen, and at most. */
interface Reach {
  readonly base: number;
  readonly perSecond: number;
  readonly most: number;
}

/** In face sizes. A walker crosses the picture at 5 to 7 face widths a second. */
const FACE_REACH: Reach = { base: 1, perSecond: 5, most: 4 };
/** In body heights. A walker makes 0.8 of them a second. */
const BODY_REACH: Reach = { base: 0.4, perSecond: 0.8, most: 1.2 };
/** A face says best who is who in a crowd; a body less; a face where a body's head should be least. */
const BODY_WEIGHT = 0.8;
const HEAD_WEIGHT = 0.5;
/** A velocity says nothing about where somebody is after this long: people stop. */
const HORIZON_MS = 1_000;

/** How well a sighting continues a track that goes on as it did, 0 (cannot be) to 1 and a little more for going straight on. */
export function likeness(track: Track, sighting: Sighting, atMs: number): number {
  const { face, body } = sighting;
  return Math.max(
    track.face && face ? onTheWay(track.face, face.box, atMs, FACE_REACH) : 0,
    track.body && body ? BODY_WEIGHT * onTheWay(track.body, body.box, atMs, BODY_REACH) : 0,
    track.body && face ? HEAD_WEIGHT * headLikeness(face.box, predictPath(track.body, atMs, HORIZON_MS)) : 0,
    track.face && body ? HEAD_WEIGHT * headLikeness(predictPath(track.face, atMs, HORIZON_MS), body.box) : 0,
  );
}

/** How well a sighting continues a track that stopped where it was last seen. */
export function stoppedLikeness(track: Track, sighting: Sighting, atMs: number): number {
  const { face, body } = sighting;
  return Math.max(
    track.face && face ? nearness(track.face, track.face.last.box, face.box, atMs, FACE_REACH) : 0,
    track.body && body ? BODY_WEIGHT * nearness(track.body, track.body.last.box, body.box, atMs, BODY_REACH) : 0,
  );
}

function onTheWay(path: Path, found: Box, atMs: number, reach: Reach): number {
  const near = nearness(path, predictPath(path, atMs, HORIZON_MS), found, atMs, reach);
  // However unlikely the turn: what is within reach can be.
  return near && Math.max(Number.EPSILON, near + TRACKER_PARAMETERS.directionWeight * straightness(path, found, atMs, TRACKER_PARAMETERS));
}

/** Falls with the distance from the expected place to 0 at the reach, and with a change of size. */
function nearness({ last }: Path, expected: Box, found: Box, atMs: number, reach: Reach): number {
  const limit = Math.min(reach.base + (reach.perSecond * (atMs - last.atMs)) / 1000, reach.most);
  const off = distance(centre(expected), centre(found)) / Math.max(last.box.height, found.height);
  return Math.max(0, 1 - off / limit) * Math.sqrt(ratio(last.box.height, found.height));
}
