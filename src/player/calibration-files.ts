import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { layOut } from '../audience/index.ts';
import { calibrationSchema, demographicCalibrationSchema, describeIssues, LitfassError, type Calibration, type DemographicCalibration } from '../contract/index.ts';
import { writeDurably } from '../sync/index.ts';

export const CALIBRATION_FILE = 'calibration.json';
const DEMOGRAPHICS_FILE = 'demographics.json';

/** @returns `null` when the screen was never calibrated. @throws LitfassError `calibration-unreadable`, and what `layOut` throws */
export async function readCalibration(dataDir: string): Promise<Calibration | null> {
  const file = join(dataDir, CALIBRATION_FILE);
  const remedy = 'Calibrate anew with `litfass calibrate`, or delete the file; until then the screen works without.';
  const calibration = await readChecked(file, calibrationSchema, remedy);
  if (calibration === null) return null;
  try {
    layOut(calibration);
  } catch (error) {
    if (error instanceof LitfassError) throw new LitfassError(error.code, `${file} describes a camera that cannot be: ${error.message} ${remedy}`, { cause: error });
    throw error;
  }
  return calibration;
}

/** @returns `null` when there is none: the net is taken at its word. @throws LitfassError `calibration-unreadable` */
export function readDemographicCalibration(dataDir: string): Promise<DemographicCalibration | null> {
  return readChecked(join(dataDir, DEMOGRAPHICS_FILE), demographicCalibrationSchema, 'Put back the file as it was measured, or delete it; until then the age and gender net is taken at its word.');
}

/** @throws LitfassError what `layOut` throws, and `data-folder-…` when the disk refuses; what was there before stays */
export async function writeCalibration(dataDir: string, calibration: Calibration): Promise<void> {
  layOut(calibration);
  await writeDurably(join(dataDir, CALIBRATION_FILE), `${JSON.stringify(calibration, null, 2)}\n`);
}

/** Stands in releases: `floor-` and the first 8 digits of the SHA-256 of the calibration as canonical JSON (RFC 8785). */
export function calibrationName(calibration: Calibration): string {
  const canonical = JSON.stringify(calibration, (_key, value: unknown) => (isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value));
  return `floor-${createHash('sha256').update(canonical, 'utf8').digest('hex').slice(0, 8)}`;
}

async function readChecked<Schema extends z.ZodType>(file: string, schema: Schema, remedy: string): Promise<z.infer<Schema> | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new LitfassError('calibration-unreadable', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}. ${remedy}`, { cause: error });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new LitfassError('calibration-unreadable', `${file} is no JSON (${error instanceof Error ? error.message : String(error)}). ${remedy}`, { cause: error });
  }
  const checked = schema.safeParse(json);
  if (!checked.success) throw new LitfassError('calibration-unreadable', `${file} does not fit its schema: ${describeIssues(checked.error)}. ${remedy}`);
  return checked.data;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
