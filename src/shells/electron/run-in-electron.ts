import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ElectronRun } from './electron-run.ts';

export type { ElectronRun };

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Runs a player in Electron, which brings its own process. Ends when the player ends, or when `stop` aborts.
 *
 * @param program Electron's executable
 * @returns the exit code
 */
export async function runInElectron(program: string, run: ElectronRun, stop: AbortSignal): Promise<number> {
  const app = await prepareApp();
  const child = spawn(program, [app], { stdio: 'inherit', env: { ...process.env, LITFASS_RUN: JSON.stringify(run) } });
  stop.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Electron runs no TypeScript: the sources lose their types first, in some seconds. */
async function prepareApp(): Promise<string> {
  await promisify(execFile)(process.execPath, [`${root}build/app.ts`], { cwd: root });
  return `${root}dist/app`;
}
