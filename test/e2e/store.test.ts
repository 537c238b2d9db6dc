import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHub, serveHub, type Hub } from '../../src/hub/index.ts';
import { openPlayer, type Player } from '../../src/player/index.ts';
import { openChromiumShell, openPage, type Shell } from '../../src/shells/index.ts';
import { facesAsCamera, testBrowser } from './browser.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));

/** A whole store with people in front of its camera, looked at through the console. One store for all tests: they read. */
describe('a store with real faces before its camera', () => {
  const closing: (() => Promise<unknown>)[] = [];
  const said: string[] = [];
  let hub: Hub;
  let player: Player;
  let shell: Shell;
  let console: Page;
  let hubUrl: string;

  beforeAll(async () => {
    const dir = await mkdtemp(join(tmpdir(), 'litfass-store-'));
    closing.push(() => rm(dir, { recursive: true }));
    hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: (line) => said.push(line) });
    closing.push(() => hub.close());
    const served = await serveHub(hub, { host: '127.0.0.1', port: 18_080 });
    closing.push(() => served.close());
    hubUrl = served.url;
    await hub.publishProgrammeFolder(join(projectDir, 'assets/demo'));
    const { code } = await hub.createPairingCode();

    const browser = await testBrowser();
    player = await openPlayer({
      dataDir: join(dir, 'screen'),
      hubUrl,
      pairingCode: code,
      name: 'Test screen',
      source: { kind: 'camera' },
      shell: 'headless',
      version: 'test',
      projectDir,
      say: (line) => said.push(line),
      stop: new AbortController().signal,
    });
    closing.push(() => player.close());
    shell = await openChromiumShell({ player, browser, window: 'headless', port: 18_190, visionArgs: await facesAsCamera(dir, 3), say: (line) => said.push(line) });
    closing.push(() => shell.close());
    const opened = await openPage({ browser, url: `${hubUrl}/?key=${hub.accessKey}`, window: 'headless', onProblem: (what, message) => said.push(`console ${what}: ${message}`) });
    closing.push(() => opened.close());
    console = opened.page;
  });

  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });

  it('shows the screen in the console within seconds, with what plays on it', async () => {
    await console.getByText('Test screen').first().waitFor({ timeout: 20_000 });
    await console.getByText('Online').first().waitFor({ timeout: 10_000 });
    await console.getByText('Showing').first().waitFor({ timeout: 20_000 });
  });

  it('chooses content because of the people, and says so in words', async () => {
    await console.getByText(/^Because (somebody|two|people|.* is|.* are)/).first().waitFor({ timeout: 90_000 });
    const { audience, plays } = await player.report();
    expect(audience.maxPresent).toBeGreaterThanOrEqual(2);
    expect(said.filter((line) => /camera|vision/.test(line))).toEqual([]);
    expect(plays.every(({ presentedFrames }) => presentedFrames > 0)).toBe(true);
  });

  it('brings every finished play to the impressions page, where it can be searched', async () => {
    await console.getByRole('link', { name: 'Impressions' }).click();
    await console.getByRole('row').nth(1).waitFor({ timeout: 30_000 });
    const { plays } = await player.report();
    const last = plays.at(-1)!;
    const before = await console.getByRole('row').count();
    await console.getByRole('searchbox').fill('no creative is called this');
    await expect.poll(() => console.getByRole('row').count(), { timeout: 10_000 }).toBeLessThan(before);
    await console.getByRole('searchbox').fill('');
    await expect.poll(() => console.getByRole('row').count(), { timeout: 10_000 }).toBeGreaterThan(1);
    expect(last.presentedFrames).toBeGreaterThan(0);
  });

  it('lets a person look on at the stage without a say in it', async () => {
    const view = await openPage({ browser: await testBrowser(), url: shell.viewUrl!, window: 'headless', onProblem: (what, message) => said.push(`view ${what}: ${message}`) });
    try {
      await view.page.locator('.slot.front').waitFor({ timeout: 20_000 });
      const refused = await view.page.evaluate(async () => (await fetch('../vision/observations', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status);
      expect(refused).toBe(404);
      // It may say what it likes of what it sees: the log hears the screen alone.
      const before = (await player.report()).plays.length;
      const events = [{ type: 'loaded' }];
      expect(await view.page.evaluate(async (lies) => (await fetch('events', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(lies) })).status, events)).toBe(204);
      const { plays } = await player.report();
      expect(plays.slice(before).filter(({ endReason }) => endReason === 'stalled' || endReason === 'failed')).toEqual([]);
    } finally {
      await view.close();
    }
  });

  it('refuses whoever has no token, comes under another name, or from another page', async () => {
    const stage = new URL(shell.viewUrl!);
    expect((await fetch(`${stage.origin}/stage/`)).status).toBe(403);
    expect((await fetch(`${stage.origin}/stage/?token=guess`)).status).toBe(403);
    expect((await fetch(stage, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await fetch(`${hubUrl}/api/screens`)).status).toBe(401);
  });

  it('stops cleanly with every play at the hub once', async () => {
    await player.stop();
    const { impressions, plays } = await player.report();
    expect(impressions).toEqual({ logged: plays.length, acknowledged: plays.length, lost: 0, duplicated: 0 });
    expect(plays.at(-1)?.endReason).toBe('stopped');
  });
});
