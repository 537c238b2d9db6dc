import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ElectronRun } from './main.ts';

export type { ElectronRun };

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Runs a player in Electron, which brings its own process. Ends when the player ends, or when `stop` aborts.
 *
 * @param program Electron's executable
 * @returns the exit code
 */
export async function runInElectron(program: string, run: ElectronRun, stop: AbortSignal): Promise<number> {
  const main = await bundleMain();
  const child = spawn(program, [main], { stdio: 'inherit', env: { ...process.env, LITFASS_RUN: JSON.stringify(run) } });
  stop.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Electron runs no TypeScript: its main process is bundled into one file first, in about a second. */
async function bundleMain(): Promise<string> {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: `${root}src/shells/electron/main.ts`,
      outDir: `${root}dist/electron`,
      emptyOutDir: true,
      target: 'node22',
      rolldownOptions: { external: ['electron'], output: { entryFileNames: 'main.mjs' } },
    },
  });
  return `${root}dist/electron/main.mjs`;
}
