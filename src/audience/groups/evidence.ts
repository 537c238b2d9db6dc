import { AGE_BANDS, type DemographicCalibration, type DemographicSample, type Face, type FrameObservation } from '../../contract/index.ts';

/** What the samples of one person say together: sums of log-probabilities, no faces. */
export interface Evidence {
  readonly samples: number;
  /** Σ ln P(band) ÷ temperature, in the order of `AGE_BANDS`. */
  readonly logBands: readonly number[];
  readonly logFemale: number;
  readonly logMale: number;
}

export const NO_EVIDENCE: Evidence = { samples: 0, logBands: AGE_BANDS.map(() => 0), logFemale: 0, logMale: 0 };

/** No single picture may rule a band out. */
const LEAST_PROBABILITY = 0.02;

/** Beyond these a net guesses: it was taught on faces that are larger and look here. */
const LEAST_FACE_PX = 60;
const MOST_YAW_DEG = 30;
const MOST_PITCH_DEG = 25;

/** Whether the net can be believed of a face. @param face its box in picture heights */
export function isGoodSample({ box, yawDeg, pitchDeg }: Face, { heightPx }: FrameObservation): boolean {
  const facePx = Math.min(box.width, box.height) * heightPx;
  return facePx >= LEAST_FACE_PX && yawDeg !== null && pitchDeg !== null && Math.abs(yawDeg) <= MOST_YAW_DEG && Math.abs(pitchDeg) <= MOST_PITCH_DEG;
}

/** Without a calibration the net is believed as it is: temperatures of 1. */
export function addSample(evidence: Evidence, { ageBands, female }: DemographicSample, calibration: DemographicCalibration | null): Evidence {
  const { ageTemperature, genderTemperature } = calibration ?? { ageTemperature: 1, genderTemperature: 1 };
  return {
    samples: evidence.samples + 1,
    logBands: evidence.logBands.map((sum, band) => sum + ln(ageBands[band] ?? 0) / ageTemperature),
    logFemale: evidence.logFemale + ln(female) / genderTemperature,
    logMale: evidence.logMale + ln(1 - female) / genderTemperature,
  };
}

function ln(probability: number): number {
  return Math.log(Math.max(LEAST_PROBABILITY, probability));
}
