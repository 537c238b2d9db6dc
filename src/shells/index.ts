// Shells: the ways to put the player's pages on a screen. Everything else of the player is the same in each of them.
export { chooseShell, type ShellChoice } from './choose-shell.ts';
export { findHeadlessBrowser, listenForPage, openChromiumShell, openPage, setUpInChromium, unpackBundledBrowser, type BrowserProgram, type OpenedPage } from './chromium/index.ts';
export { crashFolder, dumpsIn } from './crash-dumps.ts';
export { EXIT } from './exit-codes.ts';
export { runInElectron, type ElectronRun } from './electron/run-in-electron.ts';
export { LOOK_AROUND } from './look-around.ts';
export { PROGRAM_SIGHT } from './electron/run-doctor.ts';
export { runPlayer, type PlayerExtras } from './run-player.ts';
export { readDisplays, readSettings } from '../player/index.ts';
export { screenOf } from './screen-options.ts';
export { parseDisplays, runScreens, shareOut, type ScreenShare } from './screens/index.ts';
export type { Shell, ShellKind } from './shell.ts';
