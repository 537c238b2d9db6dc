import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { byFrame, readMot, type MotRow } from '../../src/audience/mot-file.ts';

// The MOTChallenge sequence TUD-Campus may not be passed on with the project. It is looked for beside the checkout, and in
// the folder that LITFASS_DATA names.
const FOLDERS = [process.env['LITFASS_DATA'] ?? '', fileURLToPath(new URL('../../../shared/data', import.meta.url))].filter((folder) => folder !== '').map((folder) => resolve(folder, 'mot/TUD-Campus'));

/** Folder with gt.txt, det.txt and test.txt, or `null`. */
export const tudCampus = FOLDERS.find((folder) => existsSync(resolve(folder, 'gt.txt'))) ?? null;

export const WITHOUT_TUD_CAMPUS = `TUD-Campus is not in ${FOLDERS.join(' or ')}`;

export const TUD_CAMPUS_FPS = 25;

export function tudCampusRows(file: 'gt.txt' | 'det.txt' | 'test.txt'): ReadonlyMap<number, readonly MotRow[]> {
  return byFrame(readMot(readFileSync(resolve(tudCampus ?? '', file), 'utf8'), file));
}
