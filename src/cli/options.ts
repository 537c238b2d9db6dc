import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from 'commander';
import { LitfassError, rotationSchema, type Rotation } from '../contract/index.ts';
import { LONGEST_GROUP_MS } from '../impressions/index.ts';

/** Folder of the checkout: the built pages, the demo and the recorded walk-by stand there. */
export const projectDir = fileURLToPath(new URL('../../', import.meta.url));

export function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  return value;
}

export function ipv4(text: string): string {
  if (!isIPv4(text)) throw new InvalidArgumentError('Say an IPv4 address such as 192.168.1.20.');
  return text;
}

export function seconds(text: string): number {
  const value = Number(text);
  // A timer of JavaScript holds 31 bits of milliseconds.
  if (!(value > 0 && value <= 2_000_000)) throw new InvalidArgumentError('Say a number of seconds above 0 and up to 2000000 (23 days); without it, it runs until it is told to stop.');
  return value;
}

export function groupSeconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= LONGEST_GROUP_MS / 1_000)) throw new InvalidArgumentError(`Say a number of seconds above 0 and up to ${LONGEST_GROUP_MS / 1_000}; without it, every play is written at once.`);
  return value;
}

export function rotation(text: string): Rotation {
  const degrees = rotationSchema.safeParse(Number(text));
  if (!degrees.success) throw new InvalidArgumentError('Say 0, 90, 180 or 270 degrees.');
  return degrees.data;
}

/** Refused here, before anything runs: `start` would take a screen that ends by itself for one that crashed, and start it for ever. */
export function timeZone(text: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    throw new InvalidArgumentError('Say one of the IANA names, such as Europe/Berlin.');
  }
}

/** @throws LitfassError `file-missing` */
export function existingFile(path: string, what: string): string {
  const file = resolve(path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new LitfassError('file-missing', `there is no file ${file}; name ${what}.`);
  return file;
}

/**
 * Where something will live for years, made now: whoever mistyped it is told before anything runs. Folder by folder, because
 * Node's own `recursive` does not return where a file system takes none and says that they are missing, such as `/proc`.
 *
 * @throws LitfassError `data-folder`
 */
export function dataFolder(path: string): string {
  const folder = resolve(path);
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    // A screen plays from a disk that the kernel made read-only, and says so; for a first start there it has words of its own.
    if ((error as NodeJS.ErrnoException).code === 'EROFS' && existsSync(folder)) return folder;
    throw new LitfassError('data-folder', `nothing can be kept in ${folder}: ${error instanceof Error ? error.message : String(error)}. Name another folder with --data, or run this as the user to whom it belongs.`, { cause: error });
  }
  return folder;
}

function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false }) !== undefined) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process of ours was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** A run of hours must not end with a report that cannot be written. @throws LitfassError `report-folder` */
export function writableReport(path: string): string {
  const file = resolve(path);
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch {
    throw new LitfassError('report-folder', `the report cannot be written to ${file}: its folder is missing or read-only; choose another --report file.`);
  }
  return file;
}
