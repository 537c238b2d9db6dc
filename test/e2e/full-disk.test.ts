import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runReportSchema, type ProgrammeSource } from '../../src/contract/index.ts';
import { openHub, serveHub, type Hub } from '../../src/hub/index.ts';
import { writeProgramme } from '../chaos/programme.ts';
import { testBrowser } from './browser.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));
const PLAY_MS = 1_500;
const soon = { timeout: 90_000, interval: 100 };
/** Above the space that a download leaves to the log, so that the first programme comes in. */
const DISK_MB = 96;
/** A mount that only its own processes see, which needs no rights where the system has user namespaces. */
const MOUNT = ['unshare', '-rm', 'sh', '-c', `mount -t tmpfs -o size=${DISK_MB}m tmpfs "$1" && shift && exec "$@"`, 'sh'] as const;

const canMount = ((): boolean => {
  try {
    execFileSync(MOUNT[0], [...MOUNT.slice(1), '/mnt', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
if (!canMount) process.stdout.write('full-disk.test.ts: skipped, because this system lets nobody mount a small disk\n');

/** Each test goes on where the one before it ended. */
describe.skipIf(!canMount)('a screen whose disk is full', () => {
  const closing: (() => Promise<unknown>)[] = [];
  let dir: string;
  let folder: string;
  let hub: Hub;
  let hubUrl: string;
  let player: ChildProcess;
  let printed = '';
  let fullMs = 0;
  let freeMs = 0;

  interface Status {
    readonly bootId: string;
    readonly programmeVersion: number;
    readonly trouble: string;
    readonly nowPlaying: { readonly playId: string } | null;
  }

  async function status(): Promise<Status | null> {
    const answer = await fetch(`${hubUrl}/api/screens`, { headers: { authorization: `Bearer ${hub.accessKey}` } });
    return ((await answer.json()) as { screens: { status: Status | null }[] }).screens[0]?.status ?? null;
  }

  /** The small disk as it is seen from here. */
  const onDisk = (name: string): string => join(`/proc/${player.pid ?? 0}/root`, dir, 'small', name);

  async function nextPlays(count: number): Promise<void> {
    const seen = new Set<string>();
    await expect.poll(async () => seen.add((await status())?.nowPlaying?.playId ?? 'none').size, soon).toBeGreaterThan(count);
  }

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'litfass-full-'));
    closing.push(() => rm(dir, { recursive: true, maxRetries: 3 }));
    hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: () => undefined });
    closing.push(() => hub.close());
    const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: 18_990 } });
    closing.push(() => served.close());
    hubUrl = served.url;
    folder = await writeProgramme(dir, () => PLAY_MS);
    await hub.publishProgrammeFolder(folder);
    await mkdir(join(dir, 'small'));
    const { path, env } = await testBrowser();
    const { code } = await hub.createPairingCode();
    const said = ['player', '--hub', hubUrl, '--code', code, '--data', join(dir, 'small/screen'), '--shell', 'headless', '--stage-port', '18995', '--report', join(dir, 'report.json')];
    player = spawn(MOUNT[0], [...MOUNT.slice(1), join(dir, 'small'), process.execPath, join(projectDir, 'src/cli/main.ts'), ...said], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env, LITFASS_CHROMIUM: path } });
    for (const stream of [player.stdout, player.stderr]) stream?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    closing.push(() => new Promise((resolve) => {
      if (player.exitCode !== null || player.signalCode !== null) resolve(null);
      player.once('close', resolve);
      player.kill('SIGTERM');
    }));
  });

  afterAll(async () => {
    for (const close of closing.toReversed()) await close();
  });

  it('plays on, and says what is wrong and what to do', async () => {
    await expect.poll(async () => (await status())?.programmeVersion, soon).toBe(1);
    await nextPlays(2);
    await fill(onDisk('fill'));
    fullMs = Date.now();
    await nextPlays(4);
    await expect.poll(async () => (await status())?.trouble, soon).toMatch(/No space.*Free space/s);
    expect(printed.match(/No space is left/g) ?? [], 'said once, not with every play').toHaveLength(1);
  });

  it('does not take a programme that does not fit, and plays on with the one that it has', async () => {
    const file = join(folder, 'programme.json');
    const source = JSON.parse(await readFile(file, 'utf8')) as ProgrammeSource;
    await writeFile(join(folder, 'new.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#3aa"/></svg>');
    await writeFile(file, JSON.stringify({ ...source, creatives: [...source.creatives, { ...source.creatives[0], id: 'new', file: 'new.svg' }] }));
    await hub.publishProgrammeFolder(folder);
    await nextPlays(4);
    expect((await status())?.programmeVersion).toBe(1);
  });

  it('writes down what it had kept, and takes the programme, as soon as there is space', async () => {
    const { bootId } = (await status())!;
    await rm(onDisk('fill'));
    freeMs = Date.now();
    await expect.poll(async () => (await status())?.programmeVersion, soon).toBe(2);
    await expect.poll(async () => (await status())?.trouble, soon).toBe('');
    await nextPlays(2);
    expect((await status())?.bootId, 'it was never started again').toBe(bootId);
  });

  it('has lost no play and counted none twice, and the hub has them all', async () => {
    const ended = new Promise((resolve) => player.once('close', resolve));
    player.kill('SIGTERM');
    expect(await ended).toBe(0);
    const { plays, impressions } = runReportSchema.parse(JSON.parse(await readFile(join(dir, 'report.json'), 'utf8')));
    expect(impressions).toMatchObject({ acknowledged: impressions.logged, lost: 0, duplicated: 0 });
    expect(impressions.logged).toBe(plays.length);
    const meanwhile = plays.filter(({ startedAt }) => Date.parse(startedAt) > fullMs && Date.parse(startedAt) < freeMs);
    expect(meanwhile.length).toBeGreaterThan(6);
    expect(plays.filter(({ endReason }) => endReason === 'crash')).toEqual([]);
    // An open hub keeps its database to itself.
    for (const close of closing.splice(1).toReversed()) await close();
    const central = new Database(join(dir, 'hub/hub.db'), { readonly: true });
    expect(central.prepare('SELECT count(DISTINCT play_id) FROM play').pluck().get()).toBe(plays.length);
    central.close();
  });
});

/** Writes until the disk takes no more. */
async function fill(file: string): Promise<void> {
  const block = Buffer.alloc(65_536);
  await pipeline(function* () { for (;;) yield block; }, createWriteStream(file)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  });
}
