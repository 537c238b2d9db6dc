import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { LitfassError } from '../contract/index.ts';
import { findHeadlessBrowser, findInstalledBrowser, type BrowserProgram } from './chromium/index.ts';
import { fetchElectron } from './electron/fetch-electron.ts';
import type { ShellKind } from './shell.ts';

export type ShellChoice =
  | { readonly kind: 'electron'; readonly program: string; readonly why: string }
  | { readonly kind: 'chromium' | 'headless'; readonly browser: BrowserProgram; readonly why: string };

/**
 * Electron where its program is or can be had; else an installed Chromium in a window; else, or without a display, the
 * headless one that comes with the packages. `why` says in a few words what was found.
 *
 * @throws LitfassError `no-shell` when there is no way to show anything, or the wanted one is not there
 */
export async function chooseShell(wanted: ShellKind | 'auto', env: NodeJS.ProcessEnv = process.env): Promise<ShellChoice> {
  const display = hasDisplay(env);
  const reasons: string[] = [];
  if (wanted === 'electron' || (wanted === 'auto' && display)) {
    const electron = findElectron() ?? (await fetchElectron((reason) => reasons.push(reason)));
    if (electron !== null) return { kind: 'electron', program: electron, why: 'Electron' };
    if (wanted === 'electron') throw new LitfassError('no-shell', `Electron cannot be started: ${reasons.join('; ')}. Use --shell auto to fall back to Chromium.`);
  }
  const installed = findInstalledBrowser(env);
  if (wanted === 'chromium' || (wanted === 'auto' && display)) {
    if (installed !== null && display) return { kind: 'chromium', browser: installed, why: ['Chromium', ...reasons].join('; ') };
    reasons.push(display ? 'no Chromium, Chrome or Edge is installed' : 'there is no display');
    if (wanted === 'chromium') throw new LitfassError('no-shell', `Chromium cannot be opened in a window: ${reasons.join('; ')}. Install it, or use --shell headless.`);
  }
  if (!display && wanted === 'auto') reasons.push('no display here');
  const browser = await findHeadlessBrowser(env);
  if (browser === null) throw new LitfassError('no-shell', `There is no browser to show the stage in: ${[...reasons, `no bundled one for ${process.platform}-${process.arch}`].join('; ')}. Install Chromium, Chrome or Edge, or name one in LITFASS_CHROMIUM.`);
  return { kind: 'headless', browser, why: ['headless Chromium', ...reasons].join('; ') };
}

function hasDisplay(env: NodeJS.ProcessEnv): boolean {
  return process.platform === 'linux' ? (env.DISPLAY ?? env.WAYLAND_DISPLAY ?? '') !== '' : true;
}

/** Electron's own package says where its program is. Importing the package would fetch it, so only its files are read. */
function findElectron(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : null;
}
