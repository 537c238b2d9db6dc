import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage } from '../../src/shells/index.ts';
import { testBrowser } from './browser.ts';
import { openStore, type Store } from './store-rig.ts';

/** A whole store with people in front of its camera, looked at through the console. One store for all tests: they read. */
describe('a store with real faces before its camera', () => {
  const said: string[] = [];
  let store: Store;
  let console: Page;
  let closeConsole: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    store = await openStore({ people: 3, ports: { hub: 18_080, stage: 18_190 } });
    const opened = await openPage({ browser: await testBrowser(), url: `${store.hubUrl}/?key=${store.hub.accessKey}`, window: 'headless', onProblem: (what, message) => said.push(`console ${what}: ${message}`) });
    closeConsole = () => opened.close();
    console = opened.page;
  });

  afterAll(async () => {
    await closeConsole?.();
    await store.close();
  });

  it('shows the screen in the console within seconds, with what plays on it', async () => {
    await console.getByText('Test screen').first().waitFor({ timeout: 20_000 });
    await console.getByText('Online').first().waitFor({ timeout: 10_000 });
    await console.getByText('Showing').first().waitFor({ timeout: 20_000 });
  });

  it('chooses content because of the people, and says so in words', async () => {
    await console.getByText(/^Because (somebody|two|people|.* is|.* are)/).first().waitFor({ timeout: 90_000 });
    const { audience, plays } = await store.player.report();
    expect(audience.maxPresent).toBeGreaterThanOrEqual(2);
    expect(store.said.filter((line) => /camera|vision/.test(line))).toEqual([]);
    expect(plays.every(({ presentedFrames }) => presentedFrames > 0)).toBe(true);
  });

  it('brings every finished play to the impressions page, where it can be searched', async () => {
    await console.getByRole('link', { name: 'Impressions' }).click();
    await console.getByRole('row').nth(1).waitFor({ timeout: 30_000 });
    const { plays } = await store.player.report();
    const last = plays.at(-1)!;
    const before = await console.getByRole('row').count();
    await console.getByRole('searchbox').fill('no creative is called this');
    await expect.poll(() => console.getByRole('row').count(), { timeout: 10_000 }).toBeLessThan(before);
    await console.getByRole('searchbox').fill('');
    await expect.poll(() => console.getByRole('row').count(), { timeout: 10_000 }).toBeGreaterThan(1);
    expect(last.presentedFrames).toBeGreaterThan(0);
  });

  it('lets a person look on at the stage without a say in it', async () => {
    const view = await openPage({ browser: await testBrowser(), url: store.shell.viewUrl!, window: 'headless', onProblem: (what, message) => said.push(`view ${what}: ${message}`) });
    try {
      await view.page.locator('.slot.front').waitFor({ timeout: 20_000 });
      const refused = await view.page.evaluate(async () => (await fetch('../vision/observations', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status);
      expect(refused).toBe(404);
      // It may say what it likes of what it sees: the log hears the screen alone.
      const before = (await store.player.report()).plays.length;
      const events = [{ type: 'loaded' }];
      expect(await view.page.evaluate(async (lies) => (await fetch('events', { method: 'POST', headers: { 'content-type': 'application/json', 'litfass-page': 'stage' }, body: JSON.stringify(lies) })).status, events)).toBe(204);
      const { plays } = await store.player.report();
      expect(plays.slice(before).filter(({ endReason }) => endReason === 'stalled' || endReason === 'failed')).toEqual([]);
    } finally {
      await view.close();
    }
  });

  it('refuses whoever has no token, comes under another name, or from another page', async () => {
    const stage = new URL(store.shell.viewUrl!);
    expect((await fetch(`${stage.origin}/stage/`)).status).toBe(403);
    expect((await fetch(`${stage.origin}/stage/?token=guess`)).status).toBe(403);
    expect((await fetch(stage, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await fetch(`${store.hubUrl}/api/screens`)).status).toBe(401);
  });

  it('stops cleanly with every play at the hub once', async () => {
    await store.player.stop();
    const { impressions, plays } = await store.player.report();
    expect(impressions).toEqual({ logged: plays.length, acknowledged: plays.length, lost: 0, duplicated: 0 });
    expect(plays.at(-1)?.endReason).toBe('stopped');
  });
});
