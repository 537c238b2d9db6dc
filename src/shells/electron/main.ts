// The main process of the Electron shell. It is told what to run in one environment variable, because its command line
// belongs to Chromium; an installed application that was started by hand runs what its screen was set up for, or with the
// one word `doctor` examines the machine. A machine with several screens has one process more: the one that was started shows
// nothing itself, and keeps one for each display.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import * as electron from 'electron';
import { fileURLToPath } from 'node:url';
import { LitfassError, type ScreenSettings } from '../../contract/index.ts';
import { readDisplays, readSettings, screensFolder, type AudienceSource } from '../../player/index.ts';
import { crashFolder } from '../crash-dumps.ts';
import { EXIT } from '../exit-codes.ts';
import { FRAMES_APART } from '../frames-apart.ts';
import { runPlayer } from '../run-player.ts';
import { screenOf } from '../screen-options.ts';
import { parseDisplays, runScreens, shareOut } from '../screens/index.ts';
import { isKept, startAgain } from './come-back.ts';
import { runOfScreen, type ElectronRun } from './electron-run.ts';
import { openElectronShell, registerScheme } from './electron-shell.ts';
import { openUpdates } from './open-updates.ts';
import { maySeePeople, reportCrashes } from './report-crashes.ts';
import { lookAtProgram } from './look-at-program.ts';
import { doctorsArguments, looksAtProgram, runDoctor } from './run-doctor.ts';
import { showSetUpInElectron } from './show-set-up.ts';
import type { Updates } from './updates.ts';

const { app } = electron;
const projectDir = fileURLToPath(new URL('../../../', import.meta.url));
const bySelf: ElectronRun = { dataDir: process.env.LITFASS_DATA ?? join(app.getPath('appData'), 'litfass'), projectDir, version: app.getVersion(), windowed: false, extras: {}, source: { kind: 'none' } satisfies AudienceSource, ...(process.env.LITFASS_DISPLAYS === undefined ? {} : { displays: parseDisplays(process.env.LITFASS_DISPLAYS) }), seconds: null, reportFile: null, mayReboot: process.env.LITFASS_MAY_REBOOT === '1' };
const told = process.env.LITFASS_RUN;
const run = told === undefined ? bySelf : (JSON.parse(told) as ElectronRun);
const say = (line: string): void => void process.stdout.write(`${process.env.LITFASS_LABEL ?? ''}${line}\n`);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
// The process that keeps this one among several has ended, or wants it to.
process.on('disconnect', () => stop.abort());
// Whoever ends the session ends the player; a window that is gone is opened anew.
app.on('before-quit', () => stop.abort());
app.on('window-all-closed', () => undefined);
/** Another version took the place of this one. */
let replaced = false;

try {
  const question = doctorsArguments(process.argv.slice(app.isPackaged ? 1 : 2));
  app.exit(question === null ? await start() : await examine(question));
} catch (error) {
  process.stderr.write(`${process.env.LITFASS_LABEL ?? ''}litfass: ${error instanceof Error ? error.message : String(error)}\n`);
  app.exit(1);
}

/** @returns the exit code of the doctor */
async function examine(question: readonly string[]): Promise<number> {
  if (!looksAtProgram(question, process)) return runDoctor(question, run.dataDir, null);
  // Not that of a screen, which may run meanwhile.
  app.setPath('userData', join(app.getPath('temp'), 'litfass-doctor'));
  registerScheme(electron);
  await app.whenReady();
  return runDoctor(question, run.dataDir, await lookAtProgram(electron, process.versions.electron));
}

/** @returns the exit code */
async function start(): Promise<number> {
  const displays = run.display === undefined ? (run.displays ?? readDisplays(run.dataDir)) : null;
  const folder = displays === null ? run.dataDir : screensFolder(run.dataDir);
  // One program a data folder, not one a machine: each screen of several has its own.
  app.setPath('userData', join(folder, 'electron'));
  for (const [name, value] of Object.entries(FRAMES_APART)) app.commandLine.appendSwitch(name, value);
  registerScheme(electron);
  if (displays === null) reportCrashes(electron, crashFolder(run.dataDir), maySeePeople(run.source, run.hubUrl !== undefined, settingsIfReadable()), say);
  if (!app.requestSingleInstanceLock()) throw new LitfassError('already-running', `another player runs on ${folder} already; stop it first, or give this one another --data folder.`);
  await app.whenReady();
  electron.Menu.setApplicationMenu(null);
  const updates = await updatesOfPackage();
  try {
    const code = displays === null ? await runScreen(updates) : await runAll(displays, updates);
    return replaced || code === EXIT.restart ? comeBack() : code;
  } finally {
    updates?.close();
  }
}

/** A screen on each display, in a process each. Updates are a matter of this one: the program is there once. */
async function runAll(displays: readonly string[], updates: Updates | null): Promise<number> {
  // There is no window here whose closing would wait until all screens have closed their logs.
  app.on('before-quit', (event) => event.preventDefault());
  const { dataDir, hubUrl, pairingCodes, name, reportFile } = run;
  const screens = shareOut({ dataDir, displays, ...(hubUrl === undefined ? {} : { hubUrl }), ...(pairingCodes === undefined ? {} : { pairingCodes }), ...(name === undefined ? {} : { name }), ...(reportFile === null ? {} : { reportFile }) });
  for (const { display, dataDir: folder } of screens) say(`Display   ${display}, its screen lives in ${folder}`);
  return runScreens({
    dataDir,
    screens,
    start: (share, env) => spawn(process.execPath, process.argv.slice(1), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: { ...env, LITFASS_RUN: JSON.stringify(runOfScreen(run, share)) } }),
    once: run.seconds !== null,
    say,
    stop: stop.signal,
    onReady: () => updates?.firstFrame(),
  });
}

/** What cannot be read is said where it is needed; here it only means that nothing is known of a camera. */
function settingsIfReadable(): ScreenSettings | null {
  try {
    return readSettings(run.dataDir);
  } catch {
    return null;
  }
}

/** @returns the exit code */
async function runScreen(updates: Updates | null): Promise<number> {
  const { dataDir, projectDir: pages, version, windowed, seconds, reportFile, mayReboot, pairingCode } = run;
  let settings = run.hubUrl === undefined ? readSettings(dataDir) : null;
  if (run.hubUrl === undefined && settings === null) {
    const outcome = await showSetUpInElectron(electron, { dataDir, projectDir: pages, windowed, say, stop: stop.signal, ...(run.display === undefined ? {} : { display: run.display }) });
    if (outcome === null) return 0;
    if (outcome.kind === 'displays') return runAll(outcome.displays, updates);
    settings = outcome.settings;
  }
  const { hubUrl, name, source, display, rotation } = screenOf(run, settings);
  const { impressions, departure } = await runPlayer({
    player: { ...run.extras, dataDir, hubUrl, name, rotation, source, version, projectDir: pages, ...(pairingCode === undefined ? {} : { pairingCode }) },
    shell: 'electron',
    openShell: (request) => Promise.resolve(openElectronShell(electron, { ...request, windowed, ...(display === undefined ? {} : { display }) })),
    onOpen: (_shell, player) => {
      const looking = setInterval(() => {
        if (!player.stagePulse().begun) return;
        clearInterval(looking);
        updates?.firstFrame();
      }, 1_000);
    },
    seconds,
    reportFile,
    mayReboot,
    say,
    stop: stop.signal,
  });
  if (departure !== null) return EXIT[departure];
  return impressions.lost === 0 && impressions.duplicated === 0 ? 0 : 1;
}

/** Ends this program so that it starts again. A double-clicked application has nobody else who would do that. @returns the exit code */
function comeBack(): number {
  if (app.isPackaged && !isKept(process)) startAgain(app, process);
  return EXIT.restart;
}

/** A checkout is updated by whoever checked it out, one screen of several with the program that runs it. */
async function updatesOfPackage(): Promise<Updates | null> {
  if (!app.isPackaged || told !== undefined) return null;
  const restart = (): void => {
    replaced = true;
    stop.abort();
  };
  return openUpdates({ dataDir: run.dataDir, version: run.version, platform: process.platform, env: process.env, native: electron.autoUpdater, restart, makeWay: () => stop.abort(), say });
}
