/** What the estimate rests on besides the observations. Times in ms, angles in degrees, likenesses and shares 0 to 1. */
export interface AudienceParameters {
  /** A track becomes a person with at least one sighting of this score: faint ones alone are shadows and furniture… */
  readonly clearScore: number;
  /** …after this much time between first and last sighting… */
  readonly confirmAfterMs: number;
  /** …and with scores that sum up to this: two clear sightings, or several faint ones. One alone is never a person. */
  readonly confirmScore: number;
  /** A person unseen for longer has left. At least this, and at least `lostAfterBodySearches` searches for bodies. */
  readonly lostAfterMs: number;
  readonly lostAfterBodySearches: number;
  /** A track that is no person yet is given up earlier. */
  readonly doubtAfterMs: number;
  readonly doubtAfterBodySearches: number;
  /** The pose of a less certain face is not believed: on a head in profile the mesh imagines a face that looks here. */
  readonly watchScore: number;
  /** Watching begins with a head turned away less than this, and goes on until it is turned further than `leave`. */
  readonly watchYawDeg: { readonly enter: number; readonly leave: number };
  readonly watchPitchDeg: { readonly enter: number; readonly leave: number };
  /** A shorter look is none. */
  readonly watchAfterMs: number;
  /** A look away shorter than this does not end a look. */
  readonly unwatchAfterMs: number;
  /** Samples of one person's age and gender say the same thing again and again: more than this many count as this many. */
  readonly effectiveSamples: number;
  /** A single picture decides nothing. */
  readonly samplesToJudge: number;
  /** Above this probability of being under 18, nothing but "somebody" is said. */
  readonly under18Share: number;
  /** Below this probability of the likeliest group, the group is `unknown`. */
  readonly ageGroupShare: number;
  readonly genderShare: number;
}

/**
 * Where the numbers come from. Looks: 200 to 300 ms to begin and 500 ms to end are usual; the ten degrees between `enter`
 * and `leave` are twice the head pose's mean error of about 5°; faces from 60 px that look here score 0.7 and up, heads in
 * profile seldom above 0.5. Groups: thresholds 0.5 and 0.6 and at most three effective samples, since the frames of one
 * face are correlated. Leaving: long enough to bridge somebody passing in front.
 */
export const DEFAULT_PARAMETERS: AudienceParameters = {
  clearScore: 0.2,
  confirmAfterMs: 400,
  confirmScore: 0.6,
  lostAfterMs: 2_500,
  lostAfterBodySearches: 2.5,
  doubtAfterMs: 700,
  doubtAfterBodySearches: 1.6,
  watchScore: 0.55,
  watchYawDeg: { enter: 25, leave: 35 },
  watchPitchDeg: { enter: 20, leave: 30 },
  watchAfterMs: 250,
  unwatchAfterMs: 500,
  effectiveSamples: 3,
  samplesToJudge: 2,
  under18Share: 0.2,
  ageGroupShare: 0.5,
  genderShare: 0.6,
};
