// Shells: the ways to put the player's pages on a screen. Everything else of the player is the same in each of them.
export { chooseShell, type ShellChoice } from './choose-shell.ts';
export { findHeadlessBrowser, openChromiumShell, openPage, unpackBundledBrowser, type BrowserProgram, type OpenedPage } from './chromium/index.ts';
export { runInElectron } from './electron/run-in-electron.ts';
export { runPlayer, type RunRequest } from './run-player.ts';
export type { Shell, ShellKind } from './shell.ts';
