import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leafSchema } from '../../src/contract/index.ts';
import { testBrowser } from './browser.ts';
import { COMMAND, openHubRig, type HubRig, type RunningProgram, type SeenScreen } from './hub-rig.ts';

/** One below the other: beside the first one a browser without panels gives a window one frame a second, and none at times. */
const TWO_DISPLAYS = '--screen-info={0,0 1280x720 label=Shelf}{0,720 720x1280 label=Counter}';
const PLAY_MS = 1_500;
const soon = { timeout: 90_000, interval: 100 };

/** One command on a machine with two panels; each test goes on where the one before it ended. */
describe.skipIf(process.platform === 'win32')('a machine with two displays', () => {
  let rig: HubRig;
  let machine: RunningProgram;
  let before: readonly SeenScreen[] = [];
  let killedMs = 0;

  const processOf = async (display: string): Promise<number> => Number((await readFile(join(rig.dir, 'machine/displays', display, 'player.lock'), 'utf8')).split(' ')[0]);

  function playsOf(display: string) {
    const database = new Database(join(rig.dir, 'machine/displays', display, 'player.db'), { readonly: true });
    const leaves = database.prepare('SELECT leaf FROM leaf ORDER BY seq').pluck().all() as string[];
    database.close();
    return leaves.map((leaf) => leafSchema.parse(JSON.parse(leaf))).filter((leaf) => leaf.type === 'play');
  }

  beforeAll(async () => {
    rig = await openHubRig({ name: 'two', port: 18_970, playMs: PLAY_MS });
    const codes = [await rig.hub.createPairingCode(), await rig.hub.createPairingCode()].map(({ code }) => code);
    // A browser without panels that says it had two.
    const { path, env } = await testBrowser();
    const browser = join(rig.dir, 'browser');
    await writeFile(browser, `#!/bin/sh\nexec '${path}' '${TWO_DISPLAYS}' "$@"\n`);
    await chmod(browser, 0o700);
    machine = rig.run(process.execPath, [COMMAND, 'player', '--displays', '1,Counter', '--hub', rig.url, '--code', codes.join(','), '--name', 'Bread', '--data', join(rig.dir, 'machine'), '--shell', 'headless', '--stage-port', '18980'], { ...env, LITFASS_CHROMIUM: browser });
  });

  afterAll(() => rig.close());

  it('has a screen on each of them: a name at the hub, a key, a log and a stage each', async () => {
    await expect.poll(async () => (await rig.screens()).map(({ name, status }) => [name, status?.nowPlaying != null]), soon).toEqual([['Bread 1', true], ['Bread Counter', true]]);
    before = await rig.screens();
    expect(await readFile(join(rig.dir, 'machine/displays/1/keys/screen.key'), 'utf8')).not.toBe(await readFile(join(rig.dir, 'machine/displays/counter/keys/screen.key'), 'utf8'));
    for (const display of ['1', 'Counter']) expect(machine.printed()).toMatch(new RegExp(`\\[${display}\\] +Stage +http://127\\.0\\.0\\.1:`));
  });

  it('brings one back that was killed, while the other plays on', async () => {
    const [shelf, counter] = [await processOf('1'), await processOf('counter')];
    killedMs = Date.now();
    process.kill(counter, 'SIGKILL');
    await expect.poll(async () => (await rig.screens()).map(({ status }, index) => [status?.bootId === before[index]?.status?.bootId, status?.nowPlaying != null]), soon).toEqual([[true, true], [false, true]]);
    expect(machine.printed()).toContain('Display Counter: ended with 1; starting it again');
    expect(await processOf('1')).toBe(shelf);
    expect(await processOf('counter')).not.toBe(counter);
  });

  it('closes both logs when it is told to stop, without a gap in the one that was left in peace', async () => {
    const seen = new Set<string | undefined>();
    await expect.poll(async () => seen.add((await rig.screens())[0]?.status?.nowPlaying?.playId).size, soon).toBeGreaterThan(5);
    expect(await machine.end()).toBe(0);
    expect(machine.printed()).not.toContain('is not told how the stage does');
    const since = playsOf('1').filter(({ wallMs }) => wallMs > killedMs);
    expect(since.length).toBeGreaterThan(3);
    expect(since.at(-1)?.endReason).toBe('stopped');
    // While a browser starts, a machine of two cores may be too slow for a change; nothing else ended a play before its time.
    expect(since.slice(0, -1).filter(({ endReason, presentedFrames }) => !['ended', 'stalled'].includes(endReason) || presentedFrames === 0)).toEqual([]);
    const reasons = playsOf('counter').map(({ endReason }) => endReason);
    expect(reasons).toContain('crash');
    expect(reasons.at(-1)).toBe('stopped');
  });

  it('sends the plays of both, each in the name of its screen', async () => {
    const arrived = await rig.arrivedPlays();
    const logged = ['1', 'counter'].flatMap((display) => playsOf(display).map(({ playId }) => playId));
    expect(arrived.toSorted()).toEqual(logged.toSorted());
    const screenIds = ['1', 'counter'].map((display) => [...new Set(playsOf(display).map(({ screenId }) => screenId))]);
    expect(screenIds.map((ids) => ids.length)).toEqual([1, 1]);
    expect(screenIds[0]).not.toEqual(screenIds[1]);
  });
});
