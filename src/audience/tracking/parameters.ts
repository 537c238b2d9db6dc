import type { DirectionParameters } from './direction.ts';
import type { MotionModel } from './path.ts';

/** What the tracker takes for granted about people and detectors. Times in ms, scores and overlaps 0 to 1. */
export interface TrackerParameters extends DirectionParameters {
  readonly motion: MotionModel;
  /** Detections of this score and above come first, and may be somebody new… */
  readonly highScore: number;
  /** …those between this and the other only continue who is in view: a person half hidden is found faintly. */
  readonly lowScore: number;
  /** Unseen for no longer than this counts as in view. */
  readonly inViewMs: number;
  /** A detection is nobody's who overlaps it by less. */
  readonly minOverlap: number;
  /** Going straight on adds half of this to an overlap; turning back takes off as much. */
  readonly directionWeight: number;
  /** Somebody is told after having been seen for so long: most spurious finds are gone by then. */
  readonly confirmAfterMs: number;
  /** Somebody unseen for longer has left. */
  readonly lostAfterMs: number;
}

/**
 * Where the numbers come from. Published trackers count in pictures of 25 to 30 a second: high and low scores 0.6 and 0.1,
 * and 30 pictures until somebody is lost (ByteTrack: Zhang et al., ECCV 2022), three pictures until somebody is told (SORT),
 * a weight of 0.2 for the direction over three pictures (OC-SORT: Cao et al., CVPR 2023). Shops are watched at 5 to 10
 * pictures a second, where neighbouring boxes of a walker share little: so a tenth of overlap is enough, directions take
 * almost a second and weigh more, and it takes a second and a half to lose somebody behind a passer-by.
 *
 * None of them stands on an edge: `npm run bench:tracker-sensitivity` prints what others would do.
 */
export const TRACKER_PARAMETERS: TrackerParameters = {
  // A walker makes 0.8 of his heights a second, and keeps no speed for longer than some two seconds: 0.8² ÷ 2 ≈ 0.3.
  // Detected centres of walkers stray by 5 to 6 % of the height and sizes by 10 to 17 %, not independently from picture to
  // picture: 10 %. Who walks up to the camera grows by a seventh in a second: 0.14² ≈ 0.02.
  motion: { agility: 0.3, pace: 0.8, jitter: 0.1, growth: 0.02 },
  highScore: 0.6,
  lowScore: 0.1,
  inViewMs: 250,
  minOverlap: 0.1,
  directionOverMs: 800,
  // The jitter again: who has moved less may as well have stood.
  directionFrom: 0.1,
  directionWeight: 0.3,
  confirmAfterMs: 120,
  lostAfterMs: 1_500,
};
