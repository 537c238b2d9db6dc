// The main process of the Electron shell. It is told what to run in one environment variable, because its command line
// belongs to Chromium; an installed application that was started by hand runs what its screen was set up for.
import { join } from 'node:path';
import * as electron from 'electron';
import { fileURLToPath } from 'node:url';
import type { AppUpdater } from 'electron-updater';
import { openSetUp, readSettings, type AudienceSource } from '../../player/index.ts';
import { EXIT } from '../exit-codes.ts';
import { FRAMES_APART } from '../frames-apart.ts';
import { runPlayer, type PlayerExtras, type RunRequest } from '../run-player.ts';
import { screenOf, type SaidOptions } from '../screen-options.ts';
import { keepCrashDumps } from './crash-dumps.ts';
import { openElectronShell, registerScheme } from './electron-shell.ts';
import { showSetUpInElectron } from './show-set-up.ts';
import { openUpdateTrial } from './update-trial.ts';
import { startUpdates, type Updates } from './updates.ts';

export interface ElectronRun extends SaidOptions, Pick<RunRequest, 'seconds' | 'reportFile' | 'mayReboot'> {
  readonly dataDir: string;
  readonly projectDir: string;
  readonly version: string;
  readonly windowed: boolean;
  readonly extras: PlayerExtras;
}

const { app } = electron;
const projectDir = fileURLToPath(new URL('../../../', import.meta.url));
const bySelf: ElectronRun = { dataDir: process.env.LITFASS_DATA ?? join(app.getPath('appData'), 'litfass'), projectDir, version: app.getVersion(), windowed: false, extras: {}, source: { kind: 'none' } satisfies AudienceSource, seconds: null, reportFile: null, mayReboot: process.env.LITFASS_MAY_REBOOT === '1' };
const told = process.env.LITFASS_RUN;
const run = told === undefined ? bySelf : (JSON.parse(told) as ElectronRun);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

// One player a data folder, not one a machine: a second display has a player of its own.
app.setPath('userData', join(run.dataDir, 'electron'));
for (const [name, value] of Object.entries(FRAMES_APART)) app.commandLine.appendSwitch(name, value);
registerScheme(electron);
keepCrashDumps(electron, join(run.dataDir, 'crashes'), say);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
// Whoever ends the session ends the player; a window that is gone is opened anew.
app.on('before-quit', () => stop.abort());
app.on('window-all-closed', () => undefined);

if (app.requestSingleInstanceLock()) {
  await app.whenReady();
  electron.Menu.setApplicationMenu(null);
  const updates = await startUpdatesOfPackage();
  try {
    app.exit(await runScreen(updates));
  } catch (error) {
    process.stderr.write(`litfass: ${error instanceof Error ? error.message : String(error)}\n`);
    app.exit(1);
  }
} else {
  process.stderr.write(`litfass: another player runs on ${run.dataDir} already; stop it first, or give this one another --data folder.\n`);
  app.exit(1);
}

/** @returns the exit code */
async function runScreen(updates: Updates | null): Promise<number> {
  const { dataDir, version, windowed, seconds, reportFile, mayReboot, pairingCode } = run;
  const known = run.hubUrl === undefined ? readSettings(dataDir) : null;
  const settings = run.hubUrl === undefined && known === null ? await showSetUpInElectron(electron, openSetUp({ dataDir, projectDir: run.projectDir }), windowed, stop.signal) : known;
  if (stop.signal.aborted) return 0;
  const { hubUrl, name, source, display, rotation } = screenOf(run, settings);
  const { impressions, departure } = await runPlayer({
    player: { ...run.extras, dataDir, hubUrl, name, rotation, source, version, projectDir: run.projectDir, ...(pairingCode === undefined ? {} : { pairingCode }) },
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
  updates?.close();
  // A double-clicked application has nobody who would start it again.
  if (departure === 'restart' && app.isPackaged && process.env.INVOCATION_ID === undefined) app.relaunch();
  if (departure !== null) return EXIT[departure];
  return impressions.lost === 0 && impressions.duplicated === 0 ? 0 : 1;
}

/** A checkout is updated by whoever checked it out; a package by the feed that its installer named. */
async function startUpdatesOfPackage(): Promise<Updates | null> {
  const feed = process.env.LITFASS_UPDATES;
  if (!app.isPackaged || feed === undefined) return null;
  const { default: loaded } = (await import('electron-updater')) as unknown as { readonly default: { readonly autoUpdater: AppUpdater } };
  return startUpdates({ updater: loaded.autoUpdater, feed, version: run.version, trial: openUpdateTrial(join(run.dataDir, 'update.json')), random: Math.random, now: () => new Date(), say });
}
