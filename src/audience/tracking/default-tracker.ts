import type { Box } from '../../contract/index.ts';
import { straightness } from './direction.ts';
import { overlap } from './overlap.ts';
import { TRACKER_PARAMETERS, type TrackerParameters } from './parameters.ts';
import { beginPath, continuePath, missPath, predictPath, type Path } from './path.ts';
import { pairInStages, type Stage } from './stages.ts';
import type { Detection, Tracker } from './tracker.ts';

interface Track {
  readonly id: number;
  readonly beganMs: number;
  readonly path: Path;
  /** Where it should be now. */
  readonly predicted: Box;
}

/**
 * The product's tracker: made for few and uneven pictures a second, of people who stop, turn and hide each other. Everything
 * counts in milliseconds and in heights of the box, so that neither the rate nor the resolution of a camera matters.
 *
 * The clear detections go to the predicted places, where going straight on counts besides overlap; the faint ones to people
 * in view who got none; and what is left to the places where people were last seen, for those who stopped unseen.
 */
export function createTracker(options: Partial<TrackerParameters> = {}): Tracker {
  const parameters: TrackerParameters = { ...TRACKER_PARAMETERS, ...options };
  let tracks: readonly Track[] = [];
  let beganMs: number | null = null;
  let ids = 0;

  return {
    step(atMs, detections) {
      beganMs ??= atMs;
      const here = tracks.filter(({ path }) => atMs - path.last.atMs <= parameters.lostAfterMs).map((track) => ({ ...track, predicted: predictPath(track.path, atMs) }));
      const found = pairInStages(here, detections, stagesAt(atMs, parameters));
      const taken = new Set(found.values());
      const continued = here.map((track): Track => {
        const detection = found.get(track);
        return { ...track, path: detection ? continuePath(track.path, detection.box, atMs, parameters.motion) : missPath(track.path) };
      });
      const begun = detections
        .filter((detection) => detection.score >= parameters.highScore && !taken.has(detection))
        .map(({ box }): Track => ({ id: ++ids, beganMs: atMs, path: beginPath(box, atMs, parameters.motion), predicted: box }));
      tracks = [...continued, ...begun];
      // Whoever is there when it all begins has perhaps been there for long.
      const fromTheStart = beganMs + parameters.confirmAfterMs;
      return tracks
        .filter((track) => track.path.last.atMs === atMs && (track.beganMs <= fromTheStart || atMs - track.beganMs >= parameters.confirmAfterMs))
        .map(({ id, path }) => ({ id, box: predictPath(path, atMs) }));
    },
  };
}

function stagesAt(atMs: number, parameters: TrackerParameters): readonly Stage<Track, Detection>[] {
  const { highScore, lowScore, inViewMs, minOverlap, directionWeight } = parameters;
  const reaching = (value: number): number => (value >= minOverlap ? value : 0);
  const isClear = ({ score }: Detection): boolean => score >= highScore;
  return [
    {
      takesSighting: isClear,
      likeness: ({ predicted, path }, { box, score }) => {
        const value = reaching(overlap(predicted, box));
        // However unlikely the turn: a pair that overlaps remains one.
        return value && Math.max(Number.EPSILON, value + directionWeight * score * straightness(path, box, atMs, parameters));
      },
    },
    {
      takesTrack: ({ path }) => atMs - path.last.atMs <= inViewMs,
      takesSighting: ({ score }) => score >= lowScore && score < highScore,
      likeness: ({ predicted }, { box }) => reaching(overlap(predicted, box)),
    },
    { takesSighting: isClear, likeness: ({ path }, { box }) => reaching(overlap(path.last.box, box)) },
  ];
}
