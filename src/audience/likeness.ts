import type { Box } from '../contract/index.ts';
import { centre, distance, ratio } from './geometry.ts';
import { headLikeness } from './head.ts';
import { predict, type Motion } from './motion.ts';
import type { Sighting } from './sightings.ts';
import type { Track } from './track.ts';

/** How far from its predicted place something may be found again: at once, more for each second unseen, and at most. */
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

/** How well a sighting continues a track, 0 (cannot be) to 1. */
export function likeness(track: Track, sighting: Sighting, atMs: number): number {
  const { face, body } = sighting;
  return Math.max(
    track.face && face ? nearness(track.face, face.box, atMs, FACE_REACH) : 0,
    track.body && body ? BODY_WEIGHT * nearness(track.body, body.box, atMs, BODY_REACH) : 0,
    track.body && face ? HEAD_WEIGHT * headLikeness(face.box, predict(track.body, atMs)) : 0,
    track.face && body ? HEAD_WEIGHT * headLikeness(predict(track.face, atMs), body.box) : 0,
  );
}

/** Falls with the distance from the predicted place to 0 at the reach, and with a change of size. */
function nearness(motion: Motion, found: Box, atMs: number, reach: Reach): number {
  const limit = Math.min(reach.base + (reach.perSecond * (atMs - motion.atMs)) / 1000, reach.most);
  const path = distance(centre(predict(motion, atMs)), centre(found)) / Math.max(motion.box.height, found.height);
  return Math.max(0, 1 - path / limit) * Math.sqrt(ratio(motion.box.height, found.height));
}
