import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runReportSchema, type ProgrammeSource } from '../../src/contract/index.ts';
import { openLog } from '../../src/impressions/index.ts';
import { EXIT } from '../../src/shells/exit-codes.ts';
import { besideOnSmallDisk, canMountSmallDisk, fillDisk, onSmallDisk } from '../small-disk.ts';
import { testBrowser } from './browser.ts';
import { COMMAND, openHubRig, type HubRig, type RunningProgram } from './hub-rig.ts';

const PLAY_MS = 1_500;
const soon = { timeout: 90_000, interval: 100 };
/** Above the space that a download leaves to the log, so that the first programme comes in. */
const DISK_MB = 96;
const canMount = canMountSmallDisk();
if (!canMount) process.stdout.write('full-disk.test.ts: skipped, because this system lets nobody mount a small disk\n');

/** At the only screen of a hub, as its console sees it. */
function lookAt(rig: () => HubRig) {
  const status = async () => (await rig().screens())[0]?.status;
  return {
    status,
    nextPlays: async (count: number): Promise<void> => {
      const seen = new Set<string>();
      await expect.poll(async () => seen.add((await status())?.nowPlaying?.playId ?? 'none').size, soon).toBeGreaterThan(count);
    },
  };
}

/** Each test goes on where the one before it ended. */
describe.skipIf(!canMount)('a screen whose disk is full', () => {
  let rig: HubRig;
  let player: RunningProgram;
  let fullMs = 0;
  let freeMs = 0;

  const { status, nextPlays } = lookAt(() => rig);

  /** The small disk as it is seen from here. */
  const onDisk = (name: string): string => join(`/proc/${player.pid}/root`, rig.dir, 'small', name);

  beforeAll(async () => {
    rig = await openHubRig({ name: 'full', port: 18_990, playMs: PLAY_MS });
    const small = join(rig.dir, 'small');
    await mkdir(small);
    const { path, env } = await testBrowser();
    const { code } = await rig.hub.createPairingCode();
    const said = ['player', '--hub', rig.url, '--code', code, '--data', join(small, 'screen'), '--shell', 'headless', '--stage-port', '18995', '--report', join(rig.dir, 'report.json')];
    const [unshare, ...mount] = onSmallDisk(DISK_MB);
    player = rig.run(unshare, [...mount, small, process.execPath, COMMAND, ...said], { ...env, LITFASS_CHROMIUM: path });
  });

  afterAll(() => rig.close());

  it('plays on, and says what is wrong and what to do', async () => {
    await expect.poll(async () => (await status())?.programmeVersion, soon).toBe(1);
    await nextPlays(2);
    fillDisk(onDisk('fill'));
    fullMs = Date.now();
    await nextPlays(4);
    await expect.poll(async () => (await status())?.trouble, soon).toMatch(/No space.*Free space/s);
    expect(player.printed().match(/No space is left/g) ?? [], 'said once, not with every play').toHaveLength(1);
  });

  it('does not take a programme that does not fit, and plays on with the one that it has', async () => {
    const file = join(rig.programmeDir, 'programme.json');
    const source = JSON.parse(await readFile(file, 'utf8')) as ProgrammeSource;
    await writeFile(join(rig.programmeDir, 'new.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#3aa"/></svg>');
    await writeFile(file, JSON.stringify({ ...source, creatives: [...source.creatives, { ...source.creatives[0], id: 'new', file: 'new.svg' }] }));
    await rig.hub.publishProgrammeFolder(rig.programmeDir);
    await expect.poll(() => player.printed(), soon).toMatch(/Programme version 2 is not shown yet.*Free space/);
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
    expect(await player.end()).toBe(0);
    const { plays, impressions } = runReportSchema.parse(JSON.parse(await readFile(join(rig.dir, 'report.json'), 'utf8')));
    expect(impressions).toMatchObject({ acknowledged: impressions.logged, lost: 0, duplicated: 0 });
    expect(impressions.logged).toBe(plays.length);
    const meanwhile = plays.filter(({ startedAt }) => Date.parse(startedAt) > fullMs && Date.parse(startedAt) < freeMs);
    expect(meanwhile.length).toBeGreaterThan(6);
    expect(plays.filter(({ endReason }) => endReason === 'crash')).toEqual([]);
    const arrived = await rig.arrivedPlays();
    expect(arrived).toHaveLength(plays.length);
    expect(new Set(arrived).size).toBe(plays.length);
  });
});

interface ScreenOnSmallDisk {
  readonly rig: HubRig;
  /** As it is seen from here. */
  onDisk(name: string): string;
  /** Runs a program that sees the disk. */
  run(file: string, ...said: readonly string[]): RunningProgram;
  start(...said: readonly string[]): RunningProgram;
}

/** A disk that outlives its player, because another process holds it. */
async function openScreenOnSmallDisk(name: string, port: number): Promise<ScreenOnSmallDisk> {
  const rig = await openHubRig({ name, port, playMs: PLAY_MS });
  const small = join(rig.dir, 'small');
  await mkdir(small);
  const [unshare, ...mount] = onSmallDisk(DISK_MB);
  const disk = rig.run(unshare, [...mount, small, process.execPath, '--eval', "console.log('mounted'); setInterval(() => undefined, 1000)"], {});
  while (!disk.printed().includes('mounted')) await sleep(50);
  const { path, env } = await testBrowser();
  const { code } = await rig.hub.createPairingCode();
  const run = (file: string, ...said: readonly string[]): RunningProgram => {
    const [nsenter, ...there] = besideOnSmallDisk(disk.pid);
    return rig.run(nsenter, [...there, file, ...said], { ...env, LITFASS_CHROMIUM: path });
  };
  return {
    rig,
    onDisk: (file) => join(`/proc/${disk.pid}/root`, small, file),
    run,
    start: (...said) => run(process.execPath, COMMAND, 'player', '--hub', rig.url, '--code', code, '--data', join(small, 'screen'), '--shell', 'headless', '--stage-port', String(port + 2), ...said),
  };
}

/** Each test goes on where the one before it ended. */
describe.skipIf(!canMount).each([
  { fault: 'full', port: 18_996, words: /No space is left/g },
  { fault: 'read-only', port: 18_986, words: /cannot be opened for writing/g },
])('a screen that starts on a disk that is $fault', ({ fault, port, words }) => {
  let screen: ScreenOnSmallDisk;
  let player: RunningProgram;
  let firstBoot = '';
  const { status, nextPlays } = lookAt(() => screen.rig);
  const remount = (how: 'ro' | 'rw'): Promise<number | null> => screen.run('mount', '-o', `remount,${how}`, join(screen.rig.dir, 'small')).ended;
  const report = (): string => join(screen.rig.dir, 'report.json');

  beforeAll(async () => {
    screen = await openScreenOnSmallDisk(`${fault}-start`, port);
  });

  afterAll(() => screen.rig.close());

  it('has played before, and was cut off from power', async () => {
    player = screen.start();
    await expect.poll(async () => (await status())?.programmeVersion, soon).toBe(1);
    await nextPlays(2);
    firstBoot = (await status())?.bootId ?? '';
    await player.kill();
  });

  it('shows its programme, and says what is wrong and what to do', async () => {
    if (fault === 'full') fillDisk(screen.onDisk('fill'));
    else expect(await remount('ro')).toBe(0);
    player = screen.start('--report', report());
    await expect.poll(async () => (await status())?.bootId, soon).not.toBe(firstBoot);
    await nextPlays(4);
    await expect.poll(async () => (await status())?.trouble, soon).toMatch(/No space.*Free space|full.*Free space|read-only.*mount it read-write/s);
    expect(player.printed().match(words) ?? [], 'said once, not with every play').toHaveLength(1);
  });

  it('writes down what it had kept as soon as somebody has seen to the disk', async () => {
    if (fault === 'full') await rm(screen.onDisk('fill'));
    else {
      expect(await remount('rw')).toBe(0);
      expect(await player.ended, 'asks to be started again').toBe(EXIT.restart);
      player = screen.start('--report', report());
    }
    await nextPlays(2);
    await expect.poll(async () => (await status())?.trouble, { ...soon, timeout: 120_000 }).not.toMatch(words);
  });

  it('has lost no play and counted none twice, and the hub has them all', async () => {
    expect(await player.end()).toBe(0);
    const { plays, impressions } = runReportSchema.parse(JSON.parse(await readFile(report(), 'utf8')));
    expect(impressions).toMatchObject({ logged: plays.length, acknowledged: plays.length, lost: 0, duplicated: 0 });
    const log = openLog({ file: join(await copyOf(screen.onDisk('screen')), 'player.db') });
    const onDisk = log.rows(0, 500).map(({ leaf }) => JSON.parse(leaf) as { type: string; playId: string }).filter(({ type }) => type === 'play').map(({ playId }) => playId);
    log.close();
    expect(onDisk.length, 'three of the first life, four while the disk took nothing').toBeGreaterThan(6);
    expect(new Set(onDisk).size).toBe(onDisk.length);
    expect((await screen.rig.arrivedPlays()).toSorted()).toEqual(onDisk.toSorted());
  });

  /** Read here, it would be locked for whoever sees the disk from inside. */
  async function copyOf(folder: string): Promise<string> {
    const copy = join(screen.rig.dir, 'copy');
    await cp(folder, copy, { recursive: true });
    return copy;
  }
});
