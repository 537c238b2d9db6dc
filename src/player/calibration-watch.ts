import { LitfassError, type Calibration, type DemographicCalibration } from '../contract/index.ts';
import { calibrationName, readCalibration, readDemographicCalibration } from './calibration-files.ts';
import type { CalibratedSite } from './released-tables.ts';
import type { Trouble } from './trouble.ts';

/** An installer who saves looks up at the screen after about as long. */
const LOOK_MS = 2_000;

export interface Calibrations {
  /** Where the camera stands; `null`: nobody said, or not in a way that can be believed. */
  readonly floor: Calibration | null;
  /** How the age and gender net errs; `null`: not measured. */
  readonly demographics: DemographicCalibration | null;
}

export interface CalibrationWatch {
  current(): Calibrations;
  /** What a released table must know of them. */
  site(): CalibratedSite;
  /** Calls the listener whenever something else holds than before. */
  onChange(listener: (calibrations: Calibrations) => void): void;
  close(): void;
}

/**
 * Reads the calibrations in the data folder now and whenever they change: an installer need not start the screen again. A file
 * that is broken counts as none, and people are told what is wrong with it.
 */
export async function watchCalibrations(dataDir: string, trouble: Trouble): Promise<CalibrationWatch> {
  const listeners = new Set<(calibrations: Calibrations) => void>();
  let calibrations = await read();
  let reading = false;

  async function attempt<T>(source: string, load: () => Promise<T | null>): Promise<T | null> {
    try {
      const loaded = await load();
      trouble.over(source);
      return loaded;
    } catch (error) {
      if (!(error instanceof LitfassError)) throw error;
      trouble.stands(source, error.message);
      return null;
    }
  }

  async function read(): Promise<Calibrations> {
    const floor = await attempt('calibration', () => readCalibration(dataDir));
    return { floor, demographics: await attempt('demographics', () => readDemographicCalibration(dataDir)) };
  }

  async function look(): Promise<void> {
    // A disk that hangs must not be asked again and again.
    if (reading) return;
    reading = true;
    const found = await read();
    reading = false;
    if (JSON.stringify(found) === JSON.stringify(calibrations)) return;
    calibrations = found;
    for (const listener of listeners) listener(found);
  }

  const timer = setInterval(() => void look(), LOOK_MS);
  return {
    current: () => calibrations,
    site: () => ({
      shelves: calibrations.floor?.shelves.map(({ id }) => id) ?? [],
      floorName: calibrations.floor === null ? null : calibrationName(calibrations.floor),
      demographicsName: calibrations.demographics?.name ?? null,
    }),
    onChange: (listener) => void listeners.add(listener),
    close: () => clearInterval(timer),
  };
}
