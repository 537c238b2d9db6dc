import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type { DisplayMeans, Finding } from '../../contract/index.ts';

const PACKAGE_OF: Readonly<Record<string, string>> = { 'cec-ctl': 'v4l-utils', ddcutil: 'ddcutil' };

/**
 * Whether what `display.json` switches the panel with is there; nothing is switched. `null`: this screen leaves its panel alone.
 *
 * @param read gives the file's words, or throws what is wrong with them
 */
export async function checkDisplayMeans(read: () => DisplayMeans, path = process.env.PATH ?? ''): Promise<Finding | null> {
  const what = 'Panel';
  let means: DisplayMeans;
  try {
    means = read();
  } catch (error) {
    return { what, state: 'fail', found: (error instanceof Error ? error.message : String(error)).slice(0, 500), fix: 'Correct display.json, or remove it: nothing switches this panel now.' };
  }
  const programs = programsOf(means);
  if (programs.length === 0) return (means.hours ?? []).length === 0 ? null : { what, state: 'fail', found: 'display.json has hours and does not say how the panel is switched', fix: 'Say "power" in it: cec, ddc or a program.' };
  const missing: string[] = [];
  for (const program of programs) if (!(await isThere(program, path))) missing.push(program);
  if (missing.length > 0) return { what, state: 'fail', found: `display.json names ${missing.join(' and ')}, not to be found or not to be run`.slice(0, 500), fix: missing.map((program) => (PACKAGE_OF[program] === undefined ? `Write its whole path, or install ${program}.` : `Install the package ${PACKAGE_OF[program]}.`)).join(' ').slice(0, 500) };
  const device = means.power?.kind === 'cec' ? means.power.device : null;
  if (device !== null && !(await mayUse(device, constants.R_OK | constants.W_OK))) return { what, state: 'fail', found: `${device} is not there, or not for this user`, fix: 'Add the user to the group "video"; many graphics outputs have no CEC and need an adapter.' };
  return { what, state: 'ok', found: `switched with ${programs.join(', ')}`.slice(0, 500) };
}

function programsOf({ power, brightness }: DisplayMeans): string[] {
  const ofPower = power === undefined ? [] : power.kind === 'cec' ? ['cec-ctl'] : power.kind === 'ddc' ? ['ddcutil'] : [power.on[0], power.off[0]];
  const ofBrightness = brightness === undefined ? [] : brightness.kind === 'ddc' ? ['ddcutil'] : [brightness.set[0]];
  return [...new Set([...ofPower, ...ofBrightness].filter((program) => program !== undefined))];
}

async function isThere(program: string, path: string): Promise<boolean> {
  const places = isAbsolute(program) ? [program] : path.split(delimiter).filter((folder) => folder !== '').map((folder) => join(folder, program));
  for (const place of places) if (await mayUse(place, constants.X_OK)) return true;
  return false;
}

function mayUse(file: string, how: number): Promise<boolean> {
  return access(file, how).then(() => true, () => false);
}
