import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'litfass-cli-'));
afterAll(() => rmSync(dir, { recursive: true }));

function litfass(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** The data folder of a screen whose settings somebody edited by hand. */
function brokenSettings(): string {
  const folder = join(dir, 'edited');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), '{"hubUrl":"bread"}');
  return folder;
}

describe('the command line', () => {
  it('lists its commands', async () => {
    const { code, stdout } = await litfass('--help');
    expect(code).toBe(0);
    for (const command of ['start', 'player', 'hub', 'vision']) expect(stdout).toContain(command);
  });

  it.each([
    ['an unknown option', ['start', '--kamera'], /unknown option '--kamera'[\s\S]*--help/],
    ['an unknown command', ['strat'], /unknown command 'strat'[\s\S]*--help/],
    ['a port that is none', ['start', '--port', '80800'], /--port[\s\S]*0 to 65535/],
    ['a time that is none', ['start', '--seconds', 'soon'], /--seconds[\s\S]*number of seconds/],
    ['a time zone that is none', ['start', '--time-zone', 'Mars/Base'], /--time-zone[\s\S]*Europe\/Berlin/],
    ['a camera and a clip at once', ['start', '--camera', '--clip', 'a.mp4'], /--camera[\s\S]*--clip/],
    ['a clip that is not there', ['start', '--clip', 'nowhere.mp4'], /there is no file .*nowhere\.mp4; name an mp4/],
    ['a clip that is not there, for vision', ['vision', 'nowhere.mp4'], /there is no file .*nowhere\.mp4/],
    ['a report folder that is not there', ['start', '--report', join(dir, 'none/r.json')], /report cannot be written to .*none\/r\.json/],
    ['a hub that is no address', ['player', '--hub', 'bread'], /--hub bread is not an address/],
    ['settings that cannot be read', ['player', '--shell', 'headless', '--data', brokenSettings()], /settings\.json cannot be read/],
    ['a screen that never enrolled', ['player', '--hub', 'http://127.0.0.1:9', '--shell', 'headless', '--data', join(dir, 'new')], /does not belong to a hub yet[\s\S]*--code/],
    ['a data folder inside a file', ['hub', '--data', join(main, 'data')], /litfass: .*main\.ts/],
    ['a data folder where nobody can make one', ['hub', '--data', process.platform === 'linux' ? '/proc/litfass/hub' : join(main, 'data')], /nothing can be kept in[\s\S]*--data/],
  ])('answers %s with one clear line and code 1', async (_what, args, words) => {
    const { code, stderr } = await litfass(...args);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });

  it('names the file, the place and the remedy when a programme does not fit its schema', async () => {
    writeFileSync(join(dir, 'programme.json'), JSON.stringify({ name: 'Broken', creatives: [], selection: {}, policy: {} }));
    const { code, stdout, stderr } = await litfass('start', '--data', join(dir, 'store'), '--programme', dir, '--port', '18800', '--shell', 'headless', '--stage-port', '18850', '--seconds', '1');
    expect(stdout).toMatch(/not published: .*programme\.json.*creatives/s);
    // Nothing to show is no reason to fall over: the screen waits for a good one.
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('takes the next free port for the store, and refuses a taken one that was asked of the hub', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as AddressInfo;
    try {
      const { code, stderr } = await litfass('hub', '--data', join(dir, 'hub'), '--port', String(port));
      expect(stderr).toMatch(new RegExp(`${port}`));
      expect(code).toBe(1);
    } finally {
      blocker.close();
    }
  });
});
