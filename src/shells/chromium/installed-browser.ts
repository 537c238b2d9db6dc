import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { BrowserProgram } from './bundled-browser.ts';

const NAMES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'],
  win32: ['chrome.exe', 'msedge.exe'],
};

const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** An installed Chromium, Chrome or Edge from `PATH` or its usual place; `LITFASS_CHROMIUM` names one outright. */
export function findInstalledBrowser(env: NodeJS.ProcessEnv = process.env): BrowserProgram | null {
  const named = env.LITFASS_CHROMIUM;
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((dir) => (NAMES[process.platform] ?? []).map((name) => join(dir, name)));
  const candidates = [...(named === undefined ? [] : [named]), ...onPath, ...(PLACES[process.platform] ?? [])];
  const path = candidates.find(isExecutable);
  return path === undefined ? null : { path, env: {} };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
