import type { FrameObservation } from '../../contract/index.ts';
import { likeness, stoppedLikeness } from './likeness.ts';
import type { Setting } from '../setting.ts';
import type { StillPlace } from '../stillness/index.ts';
import { mayBegin, scoreOf, sightingsIn, type Sighting } from './sightings.ts';
import { beginTrack, continueTrack, joinTracks, missTrack, type Track } from './track.ts';
import { pairInStages } from '../tracking/index.ts';

/**
 * Continues each track with the sighting of the picture that fits it, and begins tracks with the sightings that fit none. It
 * goes in the stages of the default tracker: the clear sightings to where people should be by now; the faint ones to those
 * who got none; what is left to where people were last seen. Within a stage all pairs are weighed together: when two people
 * cross, each goes on with the better of the two.
 *
 * @param places where things stand that were taken for people and never moved
 */
export function associate(tracks: readonly Track[], frame: FrameObservation, setting: Setting, places: readonly StillPlace[]): readonly Track[] {
  const { atMs } = frame;
  const sightings = sightingsIn(frame);
  const onTheWay = (track: Track, sighting: Sighting): number => likeness(track, sighting, atMs);
  const isClear = (sighting: Sighting): boolean => scoreOf(sighting) >= setting.parameters.clearScore;
  const pairs = pairInStages(tracks, sightings, [
    { takesSighting: isClear, likeness: onTheWay },
    { likeness: onTheWay },
    { likeness: (track, sighting) => stoppedLikeness(track, sighting, atMs) },
  ]);

  const joined = new Set<Track>();
  const found = [...pairs].map(([track, sighting]) => {
    const other = otherHalf(track, sighting, tracks, (one) => !pairs.has(one) && !joined.has(one), atMs);
    if (other) joined.add(other);
    return continueTrack(other ? joinTracks(track, other) : track, sighting, frame, setting, places);
  });
  const missed = tracks.filter((track) => !pairs.has(track) && !joined.has(track)).map((track) => missTrack(track, frame));
  const taken = new Set(pairs.values());
  const begun = sightings.filter((sighting) => !taken.has(sighting) && mayBegin(sighting, frame)).map((sighting) => beginTrack(sighting, frame, setting, places));
  return [...found, ...missed, ...begun];
}

/**
 * A face and a body that were followed apart, because the body is searched at a lower rate or stood half outside, turn out
 * to be one person when a sighting shows both together and nobody else claims it.
 */
function otherHalf(track: Track, sighting: Sighting, tracks: readonly Track[], isFree: (track: Track) => boolean, atMs: number): Track | null {
  if (!sighting.face || !sighting.body || (track.face && track.body)) return null;
  const complements = (other: Track): boolean => (track.face ? other.face === null && other.body !== null : other.body === null && other.face !== null);
  return tracks.find((other) => other !== track && isFree(other) && complements(other) && likeness(other, sighting, atMs) > 0) ?? null;
}
