import { AGE_BANDS, type DemographicSample, type Visit } from '../contract/index.ts';
import type { AudienceParameters } from './parameters.ts';

/** What the samples of one person say together: sums of log-probabilities, no faces. */
export interface Evidence {
  readonly samples: number;
  /** Σ ln P(band), in the order of `AGE_BANDS`. */
  readonly logBands: readonly number[];
  readonly logFemale: number;
  readonly logMale: number;
}

export type Groups = Visit['groups'];

export const NO_EVIDENCE: Evidence = { samples: 0, logBands: AGE_BANDS.map(() => 0), logFemale: 0, logMale: 0 };

const UNKNOWN_GROUPS: Groups = {
  bands: AGE_BANDS.map(() => 0),
  bandUnknown: 1,
  ages: { '18-24': 0, '25-44': 0, '45-64': 0, '65+': 0, unknown: 1 },
  genders: { female: 0, male: 0, unknown: 1 },
};

/** No single picture may rule a band out. */
const LEAST_PROBABILITY = 0.02;

export function addSample(evidence: Evidence, { ageBands, female }: DemographicSample): Evidence {
  return {
    samples: evidence.samples + 1,
    logBands: evidence.logBands.map((sum, band) => sum + ln(ageBands[band] ?? 0)),
    logFemale: evidence.logFemale + ln(female),
    logMale: evidence.logMale + ln(1 - female),
  };
}

/**
 * P(age group) and P(gender) of one person. The samples are multiplied as experts over an even prior, with the mean of
 * their logarithms counted at most `effectiveSamples` times. Someone who may be under 18, or of whom too little is known,
 * is `unknown`; what is left of the band below 18 goes to `unknown` too.
 */
export function groupsOf(evidence: Evidence, parameters: AudienceParameters): Groups {
  if (evidence.samples < parameters.samplesToJudge) return UNKNOWN_GROUPS;
  const weight = Math.min(evidence.samples, parameters.effectiveSamples) / evidence.samples;
  const bands = normalise(evidence.logBands.map((sum) => weight * sum));
  const [under18 = 0, from18 = 0, from25 = 0, from35 = 0, from45 = 0, from55 = 0, from65 = 0] = bands;
  if (under18 > parameters.under18Share) return UNKNOWN_GROUPS;
  const ages = { '18-24': from18, '25-44': from25 + from35, '45-64': from45 + from55, '65+': from65, unknown: under18 };
  const [female = 0, male = 0] = normalise([weight * evidence.logFemale, weight * evidence.logMale]);
  const likeliestAge = Math.max(ages['18-24'], ages['25-44'], ages['45-64'], ages['65+']);
  return {
    bands,
    bandUnknown: 0,
    ages: likeliestAge >= parameters.ageGroupShare ? ages : UNKNOWN_GROUPS.ages,
    genders: Math.max(female, male) >= parameters.genderShare ? { female, male, unknown: 0 } : UNKNOWN_GROUPS.genders,
  };
}

function ln(probability: number): number {
  return Math.log(Math.max(LEAST_PROBABILITY, probability));
}

/** Probabilities that are proportional to e^log and sum to 1. */
function normalise(logs: readonly number[]): number[] {
  const highest = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - highest));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
