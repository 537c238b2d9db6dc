import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import { LitfassError } from '../../contract/index.ts';
import { screensFolder } from '../../player/index.ts';

/** What is said once for all screens of a machine. */
export interface MachineOptions {
  /** Its data folder: the screens have theirs below it. */
  readonly dataDir: string;
  /** As `findDisplay` reads them. */
  readonly displays: readonly string[];
  readonly hubUrl?: string;
  /** One for each display, in the same order. */
  readonly pairingCodes?: readonly string[];
  readonly name?: string;
  readonly reportFile?: string;
}

/** @param text names or numbers with commas between them @throws LitfassError `displays-named` */
export function parseDisplays(text: string): readonly string[] {
  const displays = text.split(',').map((display) => display.trim());
  if (displays.some((display) => display === '' || display.length > 80) || displays.length > 16) throw new LitfassError('displays-named', `"${text}" does not name displays; say their numbers from left to right, or their names, with commas between them: 1,2.`);
  return displays;
}

/** The part of it that one screen gets. */
export interface ScreenShare {
  readonly display: string;
  readonly dataDir: string;
  readonly pairingCode?: string;
  readonly name?: string;
  readonly reportFile?: string;
  /** Two screens that look through one camera would count everybody twice; most systems give it to one program only. */
  readonly mayUseCamera: boolean;
}

/**
 * One screen a display: a name, a folder and a pairing code each. The camera belongs to the first.
 *
 * A machine that was one screen before, with its key and its log in the main folder, keeps it: it goes on as the screen of the
 * first display that has no folder yet.
 *
 * @throws LitfassError `displays-alike`, `codes-for-displays`
 */
export function shareOut({ dataDir, displays, hubUrl, pairingCodes, name, reportFile }: MachineOptions, exists: (path: string) => boolean = existsSync): readonly ScreenShare[] {
  if (pairingCodes !== undefined && pairingCodes.length !== displays.length) throw new LitfassError('codes-for-displays', `there are ${displays.length} displays and ${pairingCodes.length} pairing codes. Each screen is enrolled with a code of its own: say them in the order of the displays, with commas between them.`);
  const folders = displays.map((display) => join(screensFolder(dataDir), folderName(display)));
  const twin = folders.findIndex((folder, index) => folders.indexOf(folder) !== index);
  if (twin >= 0) throw new LitfassError('displays-alike', `the displays "${displays[folders.indexOf(folders[twin] ?? '')] ?? ''}" and "${displays[twin] ?? ''}" would share a data folder; a display can have one screen. Name one of them by its number.`);
  const heir = exists(join(dataDir, 'keys')) ? folders.findIndex((folder) => !exists(folder)) : -1;
  return displays.map((display, index) => {
    const called = hubUrl === undefined && name === undefined ? undefined : `${name ?? 'Screen'} ${display}`;
    const code = pairingCodes?.[index];
    return {
      display,
      dataDir: index === heir ? dataDir : (folders[index] ?? dataDir),
      mayUseCamera: index === 0,
      ...(called === undefined ? {} : { name: called }),
      ...(code === undefined ? {} : { pairingCode: code }),
      ...(reportFile === undefined ? {} : { reportFile: besideReport(reportFile, folderName(display)) }),
    };
  });
}

/** Letters and figures of any script: a folder that a person finds. @throws LitfassError `displays-alike` when there are none */
function folderName(display: string): string {
  const name = display.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  if (name === '') throw new LitfassError('displays-alike', `the display "${display}" has no letter or figure to name its folder by; say its number instead.`);
  return name;
}

function besideReport(file: string, suffix: string): string {
  const { dir, name, ext } = parse(file);
  return join(dir, `${name}-${suffix}${ext}`);
}
