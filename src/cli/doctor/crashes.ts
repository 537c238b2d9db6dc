import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../../contract/index.ts';
import { dumpsIn, listenForPage, openPage, type BrowserProgram } from '../../shells/index.ts';

/** Writing a dump takes a second or two on a small machine. */
const LIMIT_MS = 8_000;
const LOOK_MS = 100;

/** Has a page crash and looks whether its dump comes: nothing else tells whether a build of a browser keeps any. */
export async function checkCrashDumps(browser: BrowserProgram): Promise<Finding> {
  const folder = await mkdtemp(join(tmpdir(), 'litfass-crash-'));
  try {
    const kept = await crash(browser, folder);
    return kept
      ? { what: 'Crash dumps', state: 'ok', found: 'kept on this machine alone, of the stage alone' }
      : { what: 'Crash dumps', state: 'warn', found: 'this browser keeps none', fix: 'Nothing, unless a stage crashes again and again: then install Chromium, Chrome or Edge, which bring a crash reporter (chrome_crashpad_handler).' };
  } catch (error) {
    return { what: 'Crash dumps', state: 'warn', found: `not tried: ${String(error).split('\n')[0]?.slice(0, 300) ?? ''}` };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function crash(browser: BrowserProgram, folder: string): Promise<boolean> {
  const server = await listenForPage('<!doctype html><title>Litfass has a page crash</title>');
  const opened = await openPage({ browser, url: server.origin, window: 'headless', crashes: folder, onProblem: () => undefined }).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  try {
    // While the page is still being loaded the browser drops it at times.
    await opened.page.waitForLoadState();
    // The navigation that ends the page is never answered.
    opened.page.goto('chrome://crash').catch(() => undefined);
    for (const untilMs = performance.now() + LIMIT_MS; performance.now() < untilMs; ) {
      if (dumpsIn(folder).length > 0) return true;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return false;
  } finally {
    await opened.close();
    await server.close();
  }
}
