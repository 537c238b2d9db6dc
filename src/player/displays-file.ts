import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describeIssues, LitfassError, machineDisplaysSchema, type ScreenSettings } from '../contract/index.ts';
import { writeDurably } from '../sync/index.ts';
import { readJsonFile } from './json-file.ts';
import { readSettings } from './settings-file.ts';

const NAME = 'displays.json';
const SCREENS = 'displays';

/** Below the data folder of a machine with several screens: a folder for each of them. */
export function screensFolder(machineDir: string): string {
  return join(machineDir, SCREENS);
}

/**
 * The displays of this machine that have a screen each, as somebody said at its set-up; `null`: it is one screen.
 *
 * @throws LitfassError `displays-damaged`: a machine that silently forgot its panels would leave them dark
 */
export function readDisplays(machineDir: string): readonly string[] | null {
  const file = join(machineDir, NAME);
  const json = readJsonFile(file);
  if (json === null) return null;
  const found = machineDisplaysSchema.safeParse(json);
  if (found.success) return found.data.displays;
  throw new LitfassError('displays-damaged', `${file} cannot be read: ${describeIssues(found.error)}. Correct it, for example {"v":1,"displays":["1","2"]}, or remove it to run one screen.`);
}

/** On disk when it resolves. @throws the storage errors of the data folder */
export async function writeDisplays(machineDir: string, displays: readonly string[]): Promise<void> {
  await writeDurably(join(machineDir, NAME), `${JSON.stringify({ v: 1, displays })}\n`);
}

/** The folders of the screens of this machine: those of its displays, and the main one where a screen lives there, or none does yet. */
export function foldersOfScreens(machineDir: string): readonly string[] {
  const folder = screensFolder(machineDir);
  const below = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)).filter(hasScreen).toSorted() : [];
  return hasScreen(machineDir) || below.length === 0 ? [machineDir, ...below] : below;
}

function hasScreen(dataDir: string): boolean {
  return existsSync(join(dataDir, 'keys'));
}

/** What was said at the set-up of the other screens of this machine. */
export function settingsBeside(dataDir: string): ScreenSettings[] {
  const folder = dirname(dataDir);
  if (basename(folder) !== SCREENS) return [];
  return foldersOfScreens(dirname(folder))
    .filter((other) => other !== dataDir)
    .map(readSettings)
    .filter((settings) => settings !== null);
}
