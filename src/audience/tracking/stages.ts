import { assignInGroups } from './group-assignment.ts';

/** One round of pairing, among what the rounds before have left. */
export interface Stage<Track, Sighting> {
  readonly takesTrack?: (track: Track) => boolean;
  readonly takesSighting?: (sighting: Sighting) => boolean;
  /** At least 0; 0 is no pair. */
  readonly likeness: (track: Track, sighting: Sighting) => number;
}

/** Pairs tracks and sightings one to one, round after round; within a round all pairs are weighed together. */
export function pairInStages<Track, Sighting>(tracks: readonly Track[], sightings: readonly Sighting[], stages: readonly Stage<Track, Sighting>[]): ReadonlyMap<Track, Sighting> {
  const pairs = new Map<Track, Sighting>();
  const taken = new Set<Sighting>();
  for (const { takesTrack, takesSighting, likeness } of stages) {
    const waiting = tracks.filter((track) => !pairs.has(track) && (takesTrack?.(track) ?? true));
    const left = sightings.filter((sighting) => !taken.has(sighting) && (takesSighting?.(sighting) ?? true));
    if (waiting.length === 0 || left.length === 0) continue;
    const partners = assignInGroups(waiting.map((track) => left.map((sighting) => likeness(track, sighting))));
    for (const [index, track] of waiting.entries()) {
      const sighting = left[partners[index] ?? -1];
      if (sighting === undefined) continue;
      pairs.set(track, sighting);
      taken.add(sighting);
    }
  }
  return pairs;
}
