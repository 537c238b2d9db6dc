import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHub, serveHub, type Hub } from '../../src/hub/index.ts';
import { openPlayer, readSettings, type SetUpOutcome } from '../../src/player/index.ts';
import { openChromiumShell, openPage, screenOf, setUpInChromium, type OpenedPage } from '../../src/shells/index.ts';
import { standInForNmcli, type NmcliStandIn } from '../nmcli-stand-in.ts';
import { testBrowser } from './browser.ts';
import { until } from './stage-rig.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));
/** Pictures for a person to look at, where somebody asks for them. */
const pictures = process.env.LITFASS_PICTURES;

/** One screen from its box to its first picture; each test goes on where the one before it ended. */
describe('the first start of a screen', () => {
  const closing: (() => Promise<unknown>)[] = [];
  const said: string[] = [];
  let dir: string;
  let hub: Hub;
  let hubUrl: string;
  let visitor: OpenedPage;
  let settling: Promise<SetUpOutcome | null>;

  let nmcli: NmcliStandIn;

  beforeAll(async () => {
    nmcli = standInForNmcli(process.env);
    closing.push(async () => {
      nmcli.remove();
      return Promise.resolve();
    });
    dir = await mkdtemp(join(tmpdir(), 'litfass-set-up-'));
    closing.push(() => rm(dir, { recursive: true }));
    hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: (line) => said.push(line) });
    closing.push(() => hub.close());
    const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: 18_820 } });
    closing.push(() => served.close());
    hubUrl = served.url;
    await hub.publishProgrammeFolder(join(projectDir, 'assets/demo'));
    const browser = await testBrowser();
    const opened = Promise.withResolvers<string>();
    settling = setUpInChromium({ dataDir: join(dir, 'screen'), projectDir, browser, window: 'headless', port: 18_840, say: (line) => said.push(line), stop: new AbortController().signal, onOpen: opened.resolve });
    visitor = await openPage({ browser, url: await opened.promise, window: 'headless', onProblem: (what, message) => said.push(`${what}: ${message}`) });
    closing.push(() => visitor.close());
  });

  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });

  it('asks on the screen itself, and knows name, time zone and network already', async () => {
    const { page } = visitor;
    await page.getByRole('heading', { name: 'This screen is new here' }).waitFor();
    await expect.poll(() => page.getByLabel('Time zone').inputValue()).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    await page.getByText(/^(On the network as|No network yet)/).waitFor();
    await page.getByText(/^Its clock says \d+ \w+ \d{4} at \d\d:\d\d$/).waitFor();
    for (const [name, width, height] of [['landscape', 1920, 1080], ['portrait', 1080, 1920]] as const) {
      await page.setViewportSize({ width, height });
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `set-up-${name}.png`) });
      expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth'), `fits a ${name} panel`).toBe(true);
    }
  });

  it.skipIf(process.platform === 'win32')('joins a wireless network, before it knows any hub, and explains a password that is wrong', async () => {
    const { page } = visitor;
    nmcli.answer('list', { stdout: ' :Bakery:82:WPA2\n :Bakery guests:64:\n :Caf\\: upstairs:31:WPA2\n' });
    nmcli.expectPassword('rye and barley');
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.getByRole('button', { name: 'Join a wireless network' }).click();
    const networks = page.getByLabel('Networks in reach');
    await expect.poll(() => networks.locator('option').allTextContents()).toEqual([expect.stringMatching(/^Bakery .*82 %, with a password/), expect.stringMatching(/^Bakery guests .*64 %, open to everybody/), expect.stringMatching(/^Caf: upstairs .*31 %/)]);
    await networks.selectOption('Bakery guests');
    expect(await page.getByRole('textbox', { name: /^Password/ }).isVisible()).toBe(false);
    await networks.selectOption('Bakery');
    await page.getByRole('textbox', { name: /^Password/ }).fill('wheat');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('"Bakery" does not take this password');
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'set-up-wireless.png') });
    await page.getByRole('textbox', { name: /^Password/ }).fill('rye and barley');
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(nmcli.asked('connect')).toMatchObject({ args: expect.not.arrayContaining([expect.stringContaining('rye')]) as unknown, stdin: 'rye and barley\n' });
    expect(said.join()).not.toContain('rye');
  });

  it('explains a hub that is not there, and a code that is wrong', async () => {
    const { page } = visitor;
    await page.getByLabel('Name of this screen').fill('Bread shelf');
    await page.getByLabel('Pairing code').fill('2222-2222');
    await page.getByLabel('Address of the hub').fill('http://127.0.0.1:9');
    await page.getByRole('button', { name: 'Start this screen' }).click();
    await expect.poll(() => page.getByRole('alert').textContent(), { timeout: 20_000 }).toContain('127.0.0.1:9');
    await page.getByLabel('Address of the hub').fill(hubUrl);
    await page.getByRole('button', { name: 'Start this screen' }).click();
    await expect.poll(() => page.getByRole('alert').textContent(), { timeout: 20_000 }).toMatch(/does not enrol this screen/);
    expect(readSettings(join(dir, 'screen'))).toBeNull();
  });

  it('goes on by itself to its first picture once the code is right', async () => {
    const { page } = visitor;
    const { code } = await hub.createPairingCode();
    await page.getByLabel('Pairing code').fill(code.toLowerCase());
    await page.getByText('Turned right').click();
    await page.getByRole('button', { name: 'Start this screen' }).click();
    const outcome = await settling;
    const settings = outcome?.kind === 'screen' ? outcome.settings : null;
    expect(settings).toMatchObject({ hubUrl, name: 'Bread shelf', rotation: 90, camera: null });
    expect(readSettings(join(dir, 'screen'))).toEqual(settings);

    const { hubUrl: told, name, source, rotation } = screenOf({ source: { kind: 'none' } }, settings, {});
    const player = await openPlayer({ dataDir: join(dir, 'screen'), hubUrl: told, name, rotation, source, shell: 'headless', version: 'test', projectDir, say: (line) => said.push(line), stop: new AbortController().signal });
    closing.push(() => player.close());
    const shell = await openChromiumShell({ player, browser: await testBrowser(), window: 'headless', port: 18_860, say: (line) => said.push(line) });
    closing.push(() => shell.close());
    await until('a picture is presented', () => player.stagePulse().begun, 60_000);
    expect(screenOf({ source: { kind: 'none' }, rotation: 180 }, settings, {}).rotation, 'what is said now goes before what was said at the set-up').toBe(180);
  });

  it('sends a picture of its stage when the hub asks for one, and shows its name to whoever looks for it', async () => {
    const ask = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${hubUrl}/api/screens${path}`, { ...init, headers: { authorization: `Bearer ${hub.accessKey}` } });
    const { screens } = (await (await ask('')).json()) as { screens: { id: string }[] };
    const { id } = screens[0]!;
    for (const kind of ['identify', 'screenshot']) expect((await ask(`/${id}/commands`, { method: 'POST', body: JSON.stringify({ kind }) })).status).toBe(201);
    await expect.poll(async () => (await ask(`/${id}/picture`)).status, { timeout: 40_000 }).toBe(200);
    const picture = Buffer.from(await (await ask(`/${id}/picture`)).arrayBuffer());
    expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(picture.length).toBeLessThan(100_000);
    if (pictures !== undefined) await writeFile(join(pictures, 'picture.jpg'), picture);
  });

  it('never asks again', () => {
    expect(readSettings(join(dir, 'screen'))?.name).toBe('Bread shelf');
  });
});
