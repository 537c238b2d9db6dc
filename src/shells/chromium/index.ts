// The player's pages in a Chromium: an installed one in a window, or the headless build from the package registry.
export { unpackBundledBrowser, type BrowserProgram } from './bundled-browser.ts';
export { findHeadlessBrowser } from './headless-browser.ts';
export { findInstalledBrowser } from './installed-browser.ts';
export { listenForPage } from './listen-for-page.ts';
export { setUpInChromium } from './set-up-in-chromium.ts';
export { openPage, type OpenedPage } from './open-page.ts';
export { openChromiumShell, type ChromiumShellRequest } from './chromium-shell.ts';
