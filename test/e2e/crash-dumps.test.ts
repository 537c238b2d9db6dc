import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { checkCrashDumps } from '../../src/cli/doctor/crashes.ts';
import { dumpsIn, listenForPage, openPage } from '../../src/shells/index.ts';
import { testBrowser } from './browser.ts';

const browser = await testBrowser();
/** The headless browser in the packages comes without its crash reporter; `LITFASS_CHROMIUM` may name one that has it. */
const hasReporter = existsSync(join(dirname(realpathSync(browser.path)), 'chrome_crashpad_handler'));

/** Has a page die as by a fault of the browser, and gives a dump the time to be written. */
async function dieIn(folder: string, more: { camera?: boolean }): Promise<void> {
  const server = await listenForPage('<!doctype html><title>Stage</title>');
  onTestFinished(() => server.close());
  const died = Promise.withResolvers<undefined>();
  const opened = await openPage({ browser, url: server.origin, window: 'headless', crashes: folder, ...more, onProblem: (what) => (what === 'page-crashed' ? died.resolve(undefined) : undefined) });
  onTestFinished(() => opened.close());
  // While the page is still being loaded the browser drops it at times.
  await opened.page.waitForLoadState();
  opened.page.goto('chrome://crash').catch(() => undefined);
  await died.promise;
}

describe('a page that crashes', () => {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-dies-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));

  it.skipIf(!hasReporter)(`leaves its dump in the folder of its screen${hasReporter ? '' : ' (skipped: this browser brings no crash reporter)'}`, async () => {
    await dieIn(join(dir, 'stage'), {});
    await expect.poll(() => dumpsIn(join(dir, 'stage')).length, { timeout: 20_000 }).toBe(1);
  });

  it('leaves nothing at all when it may use a camera, not even where everything around it asks for dumps', async () => {
    const asked = join(dir, 'asked');
    Object.assign(process.env, { BREAKPAD_DUMP_LOCATION: asked, CHROME_HEADLESS: '1' });
    onTestFinished(() => {
      delete process.env.BREAKPAD_DUMP_LOCATION;
      delete process.env.CHROME_HEADLESS;
    });
    await dieIn(join(dir, 'vision'), { camera: true });
    // As long as the other one has for writing.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect([existsSync(asked), existsSync(join(dir, 'vision'))]).toEqual([false, false]);
  });

  it('shows the doctor whether dumps are kept', async () => {
    expect((await checkCrashDumps(browser)).state).toBe(hasReporter ? 'ok' : 'warn');
  });
});
