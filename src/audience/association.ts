import { assign } from './assignment.ts';
import { likeness } from './likeness.ts';
import type { AudienceParameters } from './parameters.ts';
import type { Sighting } from './sightings.ts';
import { beginTrack, continueTrack, joinTracks, type Track } from './track.ts';

/**
 * Continues each track with the sighting that fits it, begins tracks with the sightings that fit none, and leaves the rest
 * as they are. All pairs are weighed together: when two people cross, each goes on with the better of the two.
 */
export function associate(tracks: readonly Track[], sightings: readonly Sighting[], atMs: number, parameters: AudienceParameters): readonly Track[] {
  const likenesses = tracks.map((track) => sightings.map((sighting) => likeness(track, sighting, atMs)));
  const partners = assign(likenesses);
  const joined = new Set<number>();
  const continued = tracks.map((track, index) => {
    const sighting = sightings[partners[index] ?? -1];
    if (!sighting) return track;
    const other = otherHalf(track, sighting, tracks, partners, atMs);
    if (other === null) return continueTrack(track, sighting, atMs, parameters);
    joined.add(other);
    return continueTrack(joinTracks(track, tracks[other] ?? track), sighting, atMs, parameters);
  });
  const taken = new Set(partners);
  const begun = sightings.filter((_, index) => !taken.has(index)).map((sighting) => beginTrack(sighting, atMs, parameters));
  return [...continued.filter((_, index) => !joined.has(index)), ...begun];
}

/**
 * A face and a body that were followed apart, because the body is searched at a lower rate or stood half outside, turn out
 * to be one person when a sighting shows both together and nobody else claims it.
 */
function otherHalf(track: Track, sighting: Sighting, tracks: readonly Track[], partners: readonly (number | null)[], atMs: number): number | null {
  if (!sighting.face || !sighting.body || (track.face && track.body)) return null;
  const found = tracks.findIndex((other, index) => {
    if (other === track || partners[index] !== null) return false;
    const complements = track.face ? other.face === null && other.body !== null : other.body === null && other.face !== null;
    return complements && likeness(other, sighting, atMs) > 0;
  });
  return found < 0 ? null : found;
}
