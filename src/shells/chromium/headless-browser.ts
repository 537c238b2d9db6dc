import { unpackBundledBrowser, type BrowserProgram } from './bundled-browser.ts';
import { findInstalledBrowser } from './installed-browser.ts';

/**
 * The browser for pages that nobody looks at: the one that `LITFASS_CHROMIUM` names, else the one in the packages, whose
 * version is known, else an installed one.
 *
 * @returns `null` when there is none at all
 */
export async function findHeadlessBrowser(env: NodeJS.ProcessEnv = process.env): Promise<BrowserProgram | null> {
  const installed = findInstalledBrowser(env);
  if (env.LITFASS_CHROMIUM !== undefined && installed !== null) return installed;
  return (await unpackBundledBrowser()) ?? installed;
}
