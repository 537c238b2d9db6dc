// The main process of the Electron shell. It is told what to run in one environment variable, because its command line
// belongs to Chromium.
import * as electron from 'electron';
import { runPlayer, type RunRequest } from '../run-player.ts';
import { openElectronShell, registerScheme } from './electron-shell.ts';

export type ElectronRun = Pick<RunRequest, 'player' | 'seconds' | 'reportFile'> & { readonly windowed: boolean };

registerScheme(electron);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
electron.app.on('window-all-closed', () => stop.abort());

if (electron.app.requestSingleInstanceLock()) {
  await electron.app.whenReady();
  const asked = JSON.parse(process.env.LITFASS_RUN ?? '{}') as ElectronRun;
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    const { windowed, ...run } = asked;
    const { lost, duplicated } = await runPlayer({ ...run, shell: 'electron', openShell: (request) => Promise.resolve(openElectronShell(electron, { ...request, windowed })), say, stop: stop.signal });
    electron.app.exit(lost === 0 && duplicated === 0 ? 0 : 1);
  } catch (error) {
    process.stderr.write(`litfass: ${error instanceof Error ? error.message : String(error)}\n`);
    electron.app.exit(1);
  }
} else {
  process.stderr.write('litfass: another player is already running on this machine; stop it first.\n');
  electron.app.exit(1);
}
