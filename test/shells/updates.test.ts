import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Installation } from '../../src/shells/electron/installation.ts';
import { openUpdateTrial } from '../../src/shells/electron/update-trial.ts';
import { openUpdateWaiting } from '../../src/shells/electron/update-waiting.ts';
import { startUpdates, type Updater } from '../../src/shells/electron/updates.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function trialFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-update-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return join(dir, 'update.json');
}

/** electron-updater as far as it is used; the real one needs an installed application. */
class UpdaterDouble extends EventEmitter implements Installation {
  offered: string;
  feeds: string[] = [];
  installed: string[] = [];
  downloaded: string | null = null;
  /** Kept on the disk by the installation before. */
  kept: string | null = null;
  allowDowngrade = false;
  autoDownload = true;
  autoInstallOnAppQuit = true;
  logger: unknown = {};
  isUserWithinRollout: (info: { version: string }) => boolean | Promise<boolean> = () => true;

  constructor(offered: string) {
    super();
    this.offered = offered;
  }

  setFeedURL({ url }: { url: string }): void {
    this.feeds.push(url);
    const [, older] = /\/(\d+\.\d+\.\d+)$/.exec(url) ?? [];
    if (older !== undefined) this.offered = older;
  }

  async checkForUpdates() {
    return { isUpdateAvailable: await this.isUserWithinRollout({ version: this.offered }), updateInfo: { version: this.offered } };
  }

  downloadUpdate(): Promise<string[]> {
    this.downloaded = this.offered;
    return Promise.resolve([this.offered]);
  }

  install(file: string): Promise<void> {
    this.installed.push(file);
    return Promise.resolve();
  }

  takeBack(): Promise<boolean> {
    if (this.kept !== null) this.installed.push(this.kept);
    return Promise.resolve(this.kept !== null);
  }

  settle(): Promise<void> {
    this.kept = null;
    return Promise.resolve();
  }
}

function life(file: string, version: string, updater: UpdaterDouble, hour = 12) {
  const clock = { hour, day: 4 };
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const updates = startUpdates({ updater: updater as unknown as Updater, installation: updater, feed: 'https://hub.example/updates', version, trial: openUpdateTrial(file, say), waiting: openUpdateWaiting(`${file}.waiting`, say), isQuiet: () => clock.hour === 3, random: () => 0, now: () => new Date(2026, 4, clock.day, clock.hour), say });
  return { updates, clock, said, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

describe('updates', () => {
  it('are loaded by day and installed at night', async () => {
    const updater = new UpdaterDouble('1.1.0');
    const { clock, pass } = life(trialFile(), '1.0.0', updater);
    await pass(120_000);
    expect([updater.downloaded, updater.installed]).toEqual(['1.1.0', []]);
    clock.hour = 3;
    await pass(60_000);
    expect(updater.installed).toEqual(['1.1.0']);
  });

  it('that have waited for more than a day, because the machine is off at night, are installed soon after a start, and not later', async () => {
    const file = trialFile();
    const first = life(file, '1.0.0', new UpdaterDouble('1.1.0'));
    await first.pass(3_600_000);
    const soon = new UpdaterDouble('1.1.0');
    const nextMorning = life(file, '1.0.0', soon);
    Object.assign(nextMorning.clock, { day: 5, hour: 9 });
    await nextMorning.pass(3_600_000);
    // A newer release does not have to wait anew.
    const late = new UpdaterDouble('1.1.1');
    const dayAfter = life(file, '1.0.0', late);
    Object.assign(dayAfter.clock, { day: 6, hour: 9 });
    expect([soon.installed, late.installed]).toEqual([[], []]);
    await dayAfter.pass(10);
    expect(late.installed).toEqual(['1.1.1']);
    expect(dayAfter.said).toEqual(['Update    version 1.1.1 is here and is installed now: it has waited for more than a day']);
  });

  it('that become overdue while it plays wait for the night, or for the next start', async () => {
    const updater = new UpdaterDouble('1.1.0');
    const { clock, pass } = life(trialFile(), '1.0.0', updater);
    await pass(3_600_000);
    clock.day = 7;
    await pass(3_600_000);
    expect(updater.installed).toEqual([]);
  });

  it('that waited begin anew with the version that came of them', async () => {
    const file = trialFile();
    await life(file, '1.0.0', new UpdaterDouble('1.1.0')).pass(60_000);
    const updater = new UpdaterDouble('1.2.0');
    const { clock, pass } = life(file, '1.1.0', updater);
    clock.day = 9;
    await pass(60_000);
    expect([updater.downloaded, updater.installed]).toEqual(['1.2.0', []]);
  });

  it('go to as many screens as the release says', async () => {
    const updater = new UpdaterDouble('1.1.0');
    updater.isUserWithinRollout = () => false;
    const { pass } = life(trialFile(), '1.0.0', updater, 3);
    await pass(120_000);
    expect(updater.installed).toEqual([]);
  });

  it('stay when they came to their first frame', async () => {
    const file = trialFile();
    await life(file, '1.0.0', new UpdaterDouble('1.1.0'), 3).pass(120_000);
    life(file, '1.1.0', new UpdaterDouble('1.1.0')).updates.firstFrame();
    for (let start = 0; start < 9; start += 1) {
      const updater = new UpdaterDouble('1.1.0');
      life(file, '1.1.0', updater);
      expect(updater.feeds).toEqual(['https://hub.example/updates']);
    }
  });

  it('are taken back after three starts without a frame, and not tried again', async () => {
    const file = trialFile();
    await life(file, '1.0.0', new UpdaterDouble('1.1.0'), 3).pass(120_000);
    for (let start = 0; start < 3; start += 1) life(file, '1.1.0', new UpdaterDouble('1.1.0'));
    const broken = new UpdaterDouble('1.1.0');
    const { said, pass } = life(file, '1.1.0', broken);
    await pass(10);
    expect(broken.feeds.at(-1)).toBe('https://hub.example/updates/1.0.0');
    expect([broken.allowDowngrade, broken.installed]).toEqual([true, ['1.0.0']]);
    expect(said).toEqual([expect.stringContaining('going back to 1.0.0')]);

    const old = new UpdaterDouble('1.1.0');
    const again = life(file, '1.0.0', old, 3);
    again.updates.firstFrame();
    await again.pass(120_000);
    expect(old.installed).toEqual([]);
    const fixed = new UpdaterDouble('1.1.1');
    await life(file, '1.0.0', fixed, 3).pass(120_000);
    expect(fixed.installed).toEqual(['1.1.1']);
  });

  it('say so when they cannot be had, and do not end the player', async () => {
    const updater = new UpdaterDouble('1.1.0');
    updater.checkForUpdates = () => Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED\n at x'));
    const { said, pass } = life(trialFile(), '1.0.0', updater);
    await pass(10);
    updater.emit('error', new Error('again'));
    expect(said).toEqual(['Update    not loaded, tried again in some hours: net::ERR_INTERNET_DISCONNECTED']);
  });

  it('are taken back from the disk where the version before is still there, and need no network for it', async () => {
    const file = trialFile();
    await life(file, '1.0.0', new UpdaterDouble('1.1.0'), 3).pass(120_000);
    for (let start = 0; start < 3; start += 1) life(file, '1.1.0', new UpdaterDouble('1.1.0'));
    const offline = new UpdaterDouble('1.1.0');
    offline.kept = '1.0.0';
    offline.checkForUpdates = () => Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED'));
    await life(file, '1.1.0', offline).pass(10);
    expect(offline.installed).toEqual(['1.0.0']);
  });

  it('let go of the version before with the first frame', async () => {
    const updater = new UpdaterDouble('1.1.0');
    updater.kept = '1.0.0';
    const { updates, pass } = life(trialFile(), '1.1.0', updater);
    expect(updater.kept).toBe('1.0.0');
    updates.firstFrame();
    await pass(0);
    expect(updater.kept).toBeNull();
  });

  it('are not installed where they could not be taken back, and the player goes on', async () => {
    const file = trialFile();
    // A folder where the note would be: it cannot be written, like that of a full disk.
    mkdirSync(file);
    const updater = new UpdaterDouble('1.1.0');
    const { said, pass } = life(file, '1.0.0', updater, 3);
    await pass(3 * 60_000);
    expect(updater.installed).toEqual([]);
    expect(said).toEqual([expect.stringContaining('1.1.0 is here'), expect.stringMatching(/update\.json cannot be written: EISDIR/)]);
  });

  it.skipIf(process.platform !== 'linux')('start the player on a full disk, and take back what showed nothing all the same', () => {
    const file = trialFile();
    const said: string[] = [];
    const before = openUpdateTrial(file, () => undefined);
    before.begin('1.0.0', '1.1.0');
    for (let start = 0; start < 2; start += 1) before.start('1.1.0');
    const trial = openUpdateTrial(file, (line) => said.push(line));
    rmSync(file);
    symlinkSync('/dev/full', file);
    expect([trial.start('1.1.0'), trial.start('1.1.0')]).toEqual([null, '1.0.0']);
    expect(trial.refuses('1.1.0')).toBe(true);
    expect(trial.begin('1.0.0', '1.2.0')).toBe(false);
    expect(said).toHaveLength(3);
    for (const line of said) expect(line).toMatch(/update\.json cannot be written: ENOSPC/);
  });

  it('are counted where the note lies: a full disk has room for that', async () => {
    const file = trialFile();
    await life(file, '1.0.0', new UpdaterDouble('1.1.0'), 3).pass(120_000);
    const { ino, size, blocks } = statSync(file);
    life(file, '1.1.0', new UpdaterDouble('1.1.0'));
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ to: '1.1.0', starts: 1 });
    expect(statSync(file)).toMatchObject({ ino, size, blocks });
  });

  it('say what an installer could not do, once, and stay with the version that runs', async () => {
    const updater = new UpdaterDouble('1.1.0');
    updater.install = () => Promise.reject(new Error('ENOSPC: no space left on device\n at x'));
    const { said, pass } = life(trialFile(), '1.0.0', updater, 3);
    await pass(5 * 60_000);
    expect(said.slice(1)).toEqual(['Update    version 1.1.0 cannot be installed, 1.0.0 goes on: ENOSPC: no space left on device']);
  });
});
