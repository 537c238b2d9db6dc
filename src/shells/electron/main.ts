// The main process of the Electron shell. It is told what to run in one environment variable, because its command line
// belongs to Chromium.
import { join } from 'node:path';
import * as electron from 'electron';
import { EXIT } from '../exit-codes.ts';
import { runPlayer, type RunRequest } from '../run-player.ts';
import { keepCrashDumps } from './crash-dumps.ts';
import { openElectronShell, registerScheme } from './electron-shell.ts';

export type ElectronRun = Pick<RunRequest, 'player' | 'seconds' | 'reportFile' | 'mayReboot'> & { readonly windowed: boolean; readonly display?: string };

const { app } = electron;
const { windowed, display, ...run } = JSON.parse(process.env.LITFASS_RUN ?? '{}') as ElectronRun;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

// One player a data folder, not one a machine: a second display has a player of its own.
app.setPath('userData', join(run.player.dataDir, 'electron'));
registerScheme(electron);
keepCrashDumps(electron, join(run.player.dataDir, 'crashes'), say);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
// Whoever ends the session ends the player; a window that is gone is opened anew.
app.on('before-quit', () => stop.abort());
app.on('window-all-closed', () => undefined);

if (app.requestSingleInstanceLock()) {
  await app.whenReady();
  electron.Menu.setApplicationMenu(null);
  try {
    const { impressions, departure } = await runPlayer({ ...run, shell: 'electron', openShell: (request) => Promise.resolve(openElectronShell(electron, { ...request, windowed, ...(display === undefined ? {} : { display }) })), say, stop: stop.signal });
    const good = impressions.lost === 0 && impressions.duplicated === 0;
    // A double-clicked application has nobody who would start it again.
    if (departure === 'restart' && app.isPackaged && process.env.INVOCATION_ID === undefined) app.relaunch();
    app.exit(departure === null ? (good ? 0 : 1) : EXIT[departure]);
  } catch (error) {
    process.stderr.write(`litfass: ${error instanceof Error ? error.message : String(error)}\n`);
    app.exit(1);
  }
} else {
  process.stderr.write(`litfass: another player runs on ${run.player.dataDir} already; stop it first, or give this one another --data folder.\n`);
  app.exit(1);
}
