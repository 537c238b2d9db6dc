import type { Calibration, DemographicCalibration, FrameObservation } from '../contract/index.ts';
import { gridOf, type Grid } from './floor/index.ts';
import { DEFAULT_PARAMETERS, type AudienceParameters } from './parameters.ts';
import { layOut, type Premises } from './space/index.ts';

/** What is known before anybody comes. */
export interface Setting {
  readonly parameters: AudienceParameters;
  /** `null`: the camera was not calibrated, or not for pictures of this shape. */
  readonly premises: Premises | null;
  readonly grid: Grid | null;
  readonly demographics: DemographicCalibration | null;
}

/** Pictures of another shape are of another lens or cut: what would be measured in them is wrong. */
const SAME_ASPECT = 0.02;

/** @throws LitfassError `calibration-…` when the calibration cannot be */
export function settingOf(calibration: Calibration | null, demographics: DemographicCalibration | null): Setting {
  return { parameters: DEFAULT_PARAMETERS, premises: calibration && layOut(calibration), grid: calibration && gridOf(calibration.exposure), demographics };
}

/** What holds for one picture. */
export function settingFor(setting: Setting, { widthPx, heightPx }: FrameObservation): Setting {
  const fits = setting.premises !== null && Math.abs(widthPx / heightPx / setting.premises.camera.aspect - 1) <= SAME_ASPECT;
  return fits ? setting : { ...setting, premises: null };
}
