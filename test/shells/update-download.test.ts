// electron-updater itself, as an AppImage uses it, against a real feed: from the address to the exchanged file.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type RequestOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import electronUpdater from 'electron-updater';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openAppImage } from '../../src/shells/electron/installation.ts';
import { openUpdateTrial } from '../../src/shells/electron/update-trial.ts';
import { openUpdateWaiting } from '../../src/shells/electron/update-waiting.ts';
import { startUpdates } from '../../src/shells/electron/updates.ts';

const soon = { timeout: 20_000, interval: 20 };
/** Electron brings the network in a package; here it is Node's. */
class OverNode extends ElectronHttpExecutor {
  override createRequest(options: RequestOptions, callback: (response: unknown) => void): never {
    return request(options, callback) as never;
  }
}
const program = (version: string): string => `program ${version} ${'.'.repeat(50_000)}`;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  return () => void vi.useRealTimers();
});

/** A folder on a web server, with the newest version in it and each version below its name. */
async function feedOf(newest: string, ...versions: readonly string[]): Promise<string> {
  const files = new Map<string, string>();
  const put = (folder: string, version: string): void => {
    const sha512 = createHash('sha512').update(program(version)).digest('base64');
    const index = `version: ${version}\nfiles:\n  - url: Litfass.AppImage\n    sha512: ${sha512}\n    size: ${program(version).length}\npath: Litfass.AppImage\nsha512: ${sha512}\n`;
    for (const suffix of ['', '-arm64']) files.set(`/litfass${folder}/latest-linux${suffix}.yml`, index);
    files.set(`/litfass${folder}/Litfass.AppImage`, program(version));
  };
  put('', newest);
  for (const version of versions) put(`/${version}`, version);
  const server = createServer(({ url = '' }, response) => {
    const file = files.get(url.split('?')[0] ?? '');
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/litfass`;
}

/** A machine with one AppImage. Each life of the program is one start of it. */
function machine(feed: string, { appUpdateYml = true } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-machine-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const image = join(dir, 'Litfass.AppImage');
  const config = join(dir, 'app-update.yml');
  writeFileSync(image, program('1.0.0'));
  if (appUpdateYml) writeFileSync(config, 'provider: generic\nurl: https://updates.invalid/litfass\nupdaterCacheDirName: litfass-updater\n');
  mkdirSync(join(dir, 'data'));
  vi.stubEnv('APPIMAGE', image);
  onTestFinished(() => void vi.unstubAllEnvs());

  const start = (hour = 3) => {
    const version = /^program (\S+)/.exec(readFileSync(image, 'utf8'))?.[1] ?? '';
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    const app = { version, name: 'litfass', isPackaged: true, appUpdateConfigPath: config, userDataPath: join(dir, 'data'), baseCachePath: join(dir, 'cache'), whenReady: () => Promise.resolve(), relaunch: () => undefined, quit: () => undefined, onQuit: () => undefined };
    const updater = Object.assign(new electronUpdater.AppImageUpdater(null, app), { httpExecutor: new OverNode() });
    let restarts = 0;
    const updates = startUpdates({ updater, installation: openAppImage(image, () => (restarts += 1)), feed, version, trial: openUpdateTrial(join(dir, 'data/update.json'), say), waiting: openUpdateWaiting(join(dir, 'data/update-waiting.json'), say), isQuiet: (now) => now.getHours() === 3, random: () => 0, now: () => new Date(2026, 4, 4, hour), say });
    onTestFinished(() => updates.close());
    return { version, said, updates, restarts: () => restarts };
  };
  return { image, start };
}

describe.skipIf(process.platform !== 'linux')('an AppImage and its feed', () => {
  it('loads the newest version and is that one at the next start', async () => {
    const { image, start } = machine(await feedOf('1.1.0'));
    const { said, restarts } = start();
    await expect.poll(() => said, soon).toEqual(['Update    version 1.1.0 is here and is installed when nobody looks']);
    await vi.advanceTimersByTimeAsync(60_000);
    await expect.poll(restarts, soon).toBe(1);
    expect([readFileSync(image, 'utf8'), start().version]).toEqual([program('1.1.0'), '1.1.0']);
    expect(existsSync(`${image}.before`)).toBe(true);
  });

  it('goes back over the feed where the version before is not on its disk any more', async () => {
    const { image, start } = machine(await feedOf('1.1.0', '1.0.0', '1.1.0'));
    const first = start();
    await expect.poll(() => first.said.length, soon).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    await expect.poll(first.restarts, soon).toBe(1);
    first.updates.close();
    rmSync(`${image}.before`);
    for (let attempt = 0; attempt < 3; attempt += 1) start(12).updates.close();
    const last = start(12);
    await expect.poll(last.restarts, soon).toBe(1);
    expect(readFileSync(image, 'utf8')).toBe(program('1.0.0'));
  });

  it('cannot load anything when the package does not say where to keep it, and says so', async () => {
    const { image, start } = machine(await feedOf('1.1.0'), { appUpdateYml: false });
    const { said } = start();
    await expect.poll(() => said, soon).toEqual([expect.stringMatching(/not loaded, .*app-update\.yml/)]);
    expect(readFileSync(image, 'utf8')).toBe(program('1.0.0'));
  });
});
