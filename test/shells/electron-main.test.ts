import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished, vi } from 'vitest';
import { doctorReportSchema } from '../../src/contract/index.ts';

const main = fileURLToPath(new URL('../../src/shells/electron/main.ts', import.meta.url));
const standIn = new URL('electron-stand-in.ts', import.meta.url).href;
const soon = { timeout: 60_000, interval: 50 };

/** The application as somebody starts it who double-clicks: no arguments, only its data folder. */
function open(prepare: (dir: string) => void, ...words: string[]) {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-main-'));
  prepare(dir);
  const program = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, LITFASS_RUN: undefined, LITFASS_DISPLAYS: undefined, LITFASS_DATA: dir, NODE_OPTIONS: `--import ${standIn}` } });
  const ended = new Promise<number | null>((resolve) => program.once('close', resolve));
  const printed: string[] = [];
  program.stdout.on('data', (chunk: Buffer) => printed.push(...chunk.toString().trim().split('\n')));
  onTestFinished(async () => {
    program.kill('SIGTERM');
    await ended;
    rmSync(dir, { recursive: true });
  });
  return { dir, program, printed, ended };
}

it('asks on one display when nothing is known of this machine', async () => {
  const { dir, printed } = open(() => undefined);
  await expect.poll(() => printed, soon).toEqual([`locks ${join(dir, 'electron')}`, expect.stringMatching(/^opens litfass:\/\/player\/set-up\/\?life=[\w-]+ at 0$/)]);
});

it('asks on each display of a machine whose displays have a screen each, and closes all of them when it is told to stop', async () => {
  const { dir, program, printed, ended } = open((folder) => writeFileSync(join(folder, 'displays.json'), '{"v":1,"displays":["Shelf","Counter"]}'));
  await expect.poll(() => printed, soon).toEqual(expect.arrayContaining([expect.stringMatching(/^\[Shelf\] opens litfass:.*\/set-up\/.* at 0$/), expect.stringMatching(/^\[Counter\] opens litfass:.*\/set-up\/.* at 1920$/)]));
  expect(printed.filter((line) => line.includes('locks')).toSorted()).toEqual([`[Counter] locks ${join(dir, 'displays/counter/electron')}`, `[Shelf] locks ${join(dir, 'displays/shelf/electron')}`, `locks ${join(dir, 'displays/electron')}`]);
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(printed.filter((line) => line.includes('closes')).toSorted()).toEqual(['[Counter] closes its window', '[Shelf] closes its window']);
});

it('says what is wrong with a file of displays, and ends', async () => {
  const { ended } = open((folder) => writeFileSync(join(folder, 'displays.json'), '{"v":1,"displays":[]}'));
  expect(await ended).toBe(1);
});

it('examines the machine when it is asked to, by the doctor of the command line, and opens nothing', async () => {
  const { printed, ended } = open(() => undefined, 'doctor', '--help');
  expect(await ended).toBe(0);
  expect(printed.join('\n')).toContain('look whether this machine can be a screen, and say what to mend');
  expect(printed.filter((line) => /^(locks|opens)/.test(line))).toEqual([]);
});

it('asks itself how it draws and which videos it plays, in a window that it closes again, and tells the doctor', async () => {
  vi.stubEnv('DISPLAY', ':0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { printed, ended } = open(() => undefined, 'doctor', '--json');
  await ended;
  const text = printed.join('\n');
  expect(text).toMatch(/^opens litfass:\/\/player\/doctor\/ at undefined\ncloses its window\n/);
  const { findings } = doctorReportSchema.parse(JSON.parse(text.slice(text.indexOf('{'))));
  const found = (what: string): unknown => findings.find((finding) => finding.what === what);
  expect(found('Graphics')).toMatchObject({ state: 'ok', found: 'Mesa Intel(R) UHD Graphics 600' });
  expect(found('Videos')).toMatchObject({ state: 'warn', found: 'not played: AV1' });
  expect(found('Acceleration')).toMatchObject({ state: 'warn', found: 'not in hardware on 8086:3185: videos (disabled_software)' });
  expect(found('Shell')).toMatchObject({ state: 'ok', found: expect.stringMatching(/^Electron .*, of this package$/) as unknown });
});
