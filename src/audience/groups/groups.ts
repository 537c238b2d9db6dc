import { AGE_BANDS, type DemographicCalibration, type Visit } from '../../contract/index.ts';
import type { AudienceParameters } from '../parameters.ts';
import { throughConfusion } from './confusion.ts';
import type { Evidence } from './evidence.ts';

export type Groups = Visit['groups'];

const UNKNOWN_GROUPS: Groups = {
  bands: AGE_BANDS.map(() => 0),
  bandUnknown: 1,
  ages: { '18-24': 0, '25-44': 0, '45-64': 0, '65+': 0, unknown: 1 },
  genders: { female: 0, male: 0, unknown: 1 },
};

/**
 * P(age band), P(age group) and P(gender) of one person. The samples are multiplied as experts over an even prior, with the
 * mean of their logarithms counted at most `effectiveSamples` times; then comes what was measured of the net's errors, if it
 * was (see `throughConfusion`). Of whom too little is known, all is unknown. The bands are for sums in reports; content is
 * chosen by groups, and there who may be under 18 is `unknown`, and so is what is left of the band below 18.
 */
export function groupsOf(evidence: Evidence, parameters: AudienceParameters, calibration: DemographicCalibration | null): Groups {
  if (evidence.samples < parameters.samplesToJudge) return UNKNOWN_GROUPS;
  const weight = Math.min(evidence.samples, parameters.effectiveSamples) / evidence.samples;
  const saidBands = normalise(evidence.logBands.map((sum) => weight * sum));
  const bands = calibration ? throughConfusion(saidBands, calibration.ageConfusion) : saidBands;
  const [under18 = 0, from18 = 0, from25 = 0, from35 = 0, from45 = 0, from55 = 0, from65 = 0] = bands;
  if (under18 > parameters.under18Share) return { ...UNKNOWN_GROUPS, bands: [...bands], bandUnknown: 0 };
  const ages = { '18-24': from18, '25-44': from25 + from35, '45-64': from45 + from55, '65+': from65, unknown: under18 };
  const saidGenders = normalise([weight * evidence.logFemale, weight * evidence.logMale]);
  const [female = 0, male = 0] = calibration ? throughConfusion(saidGenders, calibration.genderConfusion) : saidGenders;
  const likeliestAge = Math.max(ages['18-24'], ages['25-44'], ages['45-64'], ages['65+']);
  return {
    bands: [...bands],
    bandUnknown: 0,
    ages: likeliestAge >= parameters.ageGroupShare ? ages : UNKNOWN_GROUPS.ages,
    genders: Math.max(female, male) >= parameters.genderShare ? { female, male, unknown: 0 } : UNKNOWN_GROUPS.genders,
  };
}

/** Probabilities that are proportional to e^log and sum to 1. */
function normalise(logs: readonly number[]): number[] {
  const highest = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - highest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
