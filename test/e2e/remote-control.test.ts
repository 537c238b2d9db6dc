import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enrolResponseSchema, type ProgrammeSource } from '../../src/contract/index.ts';
import { openPage } from '../../src/shells/index.ts';
import { testBrowser } from './browser.ts';
import { openStore, type Store } from './store-rig.ts';

const COLOUR = [20, 160, 90] as const;
/** A screen asks for commands every ten seconds, and a busy machine takes its time. */
const PATIENCE = { timeout: 60_000 };

async function programmeOfOneColour(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-remote-'));
  await writeFile(join(dir, 'colour.svg'), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9" preserveAspectRatio="none" width="1280" height="720"><rect width="16" height="9" fill="rgb(${COLOUR.join(',')})"/></svg>`);
  const source: ProgrammeSource = {
    name: 'One colour',
    creatives: [{ id: 'colour', name: 'Colour', campaign: 'Test', kind: 'image', file: 'colour.svg', durationMs: 10_000, tier: 'house', weight: 1, criteria: [] }],
    selection: { enterMs: 500, leaveMs: 500, minimumHoldMs: 500 },
    policy: { statistics: { windowMs: 30_000, epsilonNumerator: 1, epsilonDenominator: 1 } },
  };
  await writeFile(join(dir, 'programme.json'), JSON.stringify(source));
  return dir;
}

/** A hub, a screen and a console: what is pressed in the one is done at the other, and the answer is read. */
describe("a screen's page in the console", () => {
  const problems: string[] = [];
  let programmeDir: string;
  let store: Store;
  let page: Page;
  let closeConsole: (() => Promise<void>) | undefined;
  let asked: Locator;

  beforeAll(async () => {
    programmeDir = await programmeOfOneColour();
    store = await openStore({ people: 1, programmeDir, ports: { hub: 18_680, stage: 18_690 } });
    const opened = await openPage({ browser: await testBrowser(), url: `${store.hubUrl}/?key=${store.hub.accessKey}`, window: 'headless', onProblem: (what, message) => problems.push(`${what}: ${message}`) });
    closeConsole = () => opened.close();
    page = opened.page;
    asked = page.getByRole('region', { name: 'What was asked of it' }).getByRole('listitem');
  });

  afterAll(async () => {
    await closeConsole?.();
    await store.close();
    await rm(programmeDir, { recursive: true });
  });

  /** A screen that enrolled and was never heard from again. @returns its id */
  async function enrolOnly(name: string): Promise<string> {
    const { code } = await store.hub.createPairingCode();
    const publicKey = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(12).toString('base64');
    const answer = await fetch(`${store.hubUrl}/v1/enrol`, { method: 'POST', body: JSON.stringify({ code, name, publicKey }) });
    return enrolResponseSchema.parse(await answer.json()).screenId;
  }

  it('says that there is no picture yet, and of what there will be one', async () => {
    await page.getByText('Showing', { exact: true }).waitFor(PATIENCE);
    await page.getByRole('link', { name: 'Real picture, remote control of Test screen' }).click();
    await page.getByRole('heading', { name: 'Test screen' }).waitFor();
    await page.getByText('No picture yet').waitFor();
    await page.getByText('never of the camera').waitFor();
    expect(await page.getByRole('link', { name: 'Screens', exact: true }).first().getAttribute('aria-current')).toBe('page');
  });

  it('brings the picture of what the stage shows, asked for with the keyboard alone', async () => {
    await page.getByRole('button', { name: 'Take a picture now' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Waiting for the picture…' }).waitFor();
    await page.getByRole('status').filter({ hasText: 'Take a picture: Carried out' }).waitFor({ ...PATIENCE, state: 'attached' });
    const picture = page.getByRole('img', { name: /^What the stage of Test screen put out/ });
    await picture.waitFor(PATIENCE);
    const middle = await picture.evaluate(async (image) => {
      const img = image as HTMLImageElement;
      await img.decode();
      const context = new OffscreenCanvas(img.naturalWidth, img.naturalHeight).getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(img, 0, 0);
      return [...context.getImageData(img.naturalWidth / 2, img.naturalHeight / 2, 1, 1).data];
    });
    for (const [channel, value] of COLOUR.entries()) expect(Math.abs(middle[channel]! - value)).toBeLessThan(12);
    await page.getByText(/Arrived .* by the hub’s clock/).waitFor();
    expect(await page.getByText('Somebody asked for it here.').count()).toBe(1);
  });

  it("tells why a screen refused, in the screen's own words", async () => {
    await page.getByRole('group', { name: 'Brightness' }).getByRole('spinbutton').fill('40');
    await page.keyboard.press('Enter');
    await asked.filter({ hasText: 'Set the brightness to 40 %Not carried out: nobody said how' }).waitFor(PATIENCE);
  });

  it('asks first before anything that shoppers would notice', async () => {
    const before = await asked.count();
    await page.getByRole('button', { name: 'Load page again' }).click();
    const question = page.getByRole('dialog', { name: 'Load the stage page of Test screen again?' });
    await question.waitFor();
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await asked.count()).toBe(before);

    await page.getByRole('button', { name: 'Load page again' }).click();
    await page.getByRole('button', { name: 'Load it again' }).click();
    await asked.filter({ hasText: /Load the stage page again.*Carried out/ }).waitFor(PATIENCE);
    expect(store.said.join('\n')).toContain('the hub asked for it; loading it anew');
  });

  it('says of a screen that is away that it will not know soon', async () => {
    const away = await enrolOnly('Away');
    await page.goto(`${store.hubUrl}/screens/${away}`);
    await page.getByText('What you ask for now waits five minutes').waitFor();
    await page.getByText('The screen is offline and cannot send one.').waitFor();
    await page.getByRole('button', { name: 'Show its name' }).click();
    await asked.filter({ hasText: 'Waiting for the screen, which is offline' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('says so of a screen that is none', async () => {
    await page.goto(`${store.hubUrl}/screens/nobody`);
    await page.getByRole('alert').filter({ hasText: 'There is no such screen' }).waitFor();
  });
});
