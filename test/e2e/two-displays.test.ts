import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leafSchema } from '../../src/contract/index.ts';
import { openHub, serveHub, type Hub } from '../../src/hub/index.ts';
import { writeProgramme } from '../chaos/programme.ts';
import { testBrowser } from './browser.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));
const TWO_DISPLAYS = '--screen-info={0,0 1280x720 label=Shelf}{1280,0 720x1280 label=Counter}';
const PLAY_MS = 1_500;
const soon = { timeout: 90_000, interval: 100 };

/** One command on a machine with two panels; each test goes on where the one before it ended. */
describe.skipIf(process.platform === 'win32')('a machine with two displays', () => {
  const closing: (() => Promise<unknown>)[] = [];
  let dir: string;
  let hub: Hub;
  let hubUrl: string;
  let machine: ChildProcess;
  let printed = '';
  let before: readonly Seen[] = [];
  let killedMs = 0;

  interface Seen {
    readonly name: string;
    readonly status: { readonly bootId: string; readonly nowPlaying: { readonly playId: string } | null } | null;
  }

  async function screens(): Promise<readonly Seen[]> {
    const answer = await fetch(`${hubUrl}/api/screens`, { headers: { authorization: `Bearer ${hub.accessKey}` } });
    return ((await answer.json()) as { screens: Seen[] }).screens.toSorted((a, b) => a.name.localeCompare(b.name));
  }

  const processOf = async (display: string): Promise<number> => Number((await readFile(join(dir, 'machine/displays', display, 'player.lock'), 'utf8')).split(' ')[0]);

  function playsOf(display: string) {
    const database = new Database(join(dir, 'machine/displays', display, 'player.db'), { readonly: true });
    const leaves = database.prepare('SELECT leaf FROM leaf ORDER BY seq').pluck().all() as string[];
    database.close();
    return leaves.map((leaf) => leafSchema.parse(JSON.parse(leaf))).filter((leaf) => leaf.type === 'play');
  }

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'litfass-two-'));
    closing.push(() => rm(dir, { recursive: true, maxRetries: 3 }));
    hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: () => undefined });
    closing.push(() => hub.close());
    const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: 18_970 } });
    closing.push(() => served.close());
    hubUrl = served.url;
    await hub.publishProgrammeFolder(await writeProgramme(dir, () => PLAY_MS));
    const codes = [await hub.createPairingCode(), await hub.createPairingCode()].map(({ code }) => code);
    // A browser without panels that says it had two.
    const { path, env } = await testBrowser();
    const browser = join(dir, 'browser');
    await writeFile(browser, `#!/bin/sh\nexec '${path}' '${TWO_DISPLAYS}' "$@"\n`);
    await chmod(browser, 0o700);
    const said = ['player', '--displays', '1,Counter', '--hub', hubUrl, '--code', codes.join(','), '--name', 'Bread', '--data', join(dir, 'machine'), '--shell', 'headless', '--stage-port', '18980'];
    machine = spawn(process.execPath, [join(projectDir, 'src/cli/main.ts'), ...said], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env, LITFASS_CHROMIUM: browser } });
    for (const stream of [machine.stdout, machine.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    closing.push(() => new Promise((resolve) => {
      if (machine.exitCode !== null || machine.signalCode !== null) resolve(null);
      machine.once('close', resolve);
      machine.kill('SIGTERM');
    }));
  });

  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });

  it('has a screen on each of them: a name at the hub, a key, a log and a stage each', async () => {
    await expect.poll(async () => (await screens()).map(({ name, status }) => [name, status?.nowPlaying != null]), soon).toEqual([['Bread 1', true], ['Bread Counter', true]]);
    before = await screens();
    expect(await readFile(join(dir, 'machine/displays/1/keys/screen.key'), 'utf8')).not.toBe(await readFile(join(dir, 'machine/displays/counter/keys/screen.key'), 'utf8'));
    for (const display of ['1', 'Counter']) expect(printed).toMatch(new RegExp(`\\[${display}\\] +Stage +http://127\\.0\\.0\\.1:`));
  });

  it('brings one back that was killed, while the other plays on', async () => {
    const [shelf, counter] = [await processOf('1'), await processOf('counter')];
    killedMs = Date.now();
    process.kill(counter, 'SIGKILL');
    await expect.poll(async () => (await screens()).map(({ status }, index) => [status?.bootId === before[index]?.status?.bootId, status?.nowPlaying != null]), soon).toEqual([[true, true], [false, true]]);
    expect(printed).toContain('Display Counter: ended with 1; starting it again');
    expect(await processOf('1')).toBe(shelf);
    expect(await processOf('counter')).not.toBe(counter);
  });

  it('closes both logs when it is told to stop, without a gap in the one that was left in peace', async () => {
    const seen = new Set<string | undefined>();
    await expect.poll(async () => seen.add((await screens())[0]?.status?.nowPlaying?.playId).size, soon).toBeGreaterThan(5);
    const ended = new Promise((resolve) => machine.once('close', resolve));
    machine.kill('SIGTERM');
    expect(await ended).toBe(0);
    const since = playsOf('1').filter(({ wallMs }) => wallMs > killedMs);
    expect(since.length).toBeGreaterThan(3);
    expect(since.at(-1)?.endReason).toBe('stopped');
    // While two browsers start, a machine of two cores may be too slow for a change; nothing else ended a play before its time.
    expect(since.slice(0, -1).filter(({ endReason, presentedFrames }) => !['ended', 'stalled'].includes(endReason) || presentedFrames === 0)).toEqual([]);
    const reasons = playsOf('counter').map(({ endReason }) => endReason);
    expect(reasons).toContain('crash');
    expect(reasons.at(-1)).toBe('stopped');
  });

  it('sends the plays of both, each in the name of its screen', async () => {
    // An open hub keeps its database to itself.
    for (const close of closing.splice(1).toReversed()) await close();
    const central = new Database(join(dir, 'hub/hub.db'), { readonly: true });
    const arrived = central.prepare('SELECT play_id FROM play').pluck().all() as string[];
    central.close();
    const logged = ['1', 'counter'].flatMap((display) => playsOf(display).map(({ playId }) => playId));
    expect(arrived.toSorted()).toEqual(logged.toSorted());
    const screenIds = ['1', 'counter'].map((display) => [...new Set(playsOf(display).map(({ screenId }) => screenId))]);
    expect(screenIds.map((ids) => ids.length)).toEqual([1, 1]);
    expect(screenIds[0]).not.toEqual(screenIds[1]);
  });
});
