import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openUpdateTrial } from '../../src/shells/electron/update-trial.ts';
import { startUpdates, type Updater } from '../../src/shells/electron/updates.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function trialFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-update-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return join(dir, 'update.json');
}

/** electron-updater as far as it is used; the real one needs an installed application. */
class UpdaterDouble extends EventEmitter {
  offered: string;
  feeds: string[] = [];
  installed: string[] = [];
  downloaded: string | null = null;
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
    return Promise.resolve([]);
  }

  quitAndInstall(): void {
    this.installed.push(this.downloaded ?? 'nothing');
  }
}

function life(file: string, version: string, updater: UpdaterDouble, hour = 12) {
  const clock = { hour };
  const said: string[] = [];
  const updates = startUpdates({ updater: updater as unknown as Updater, feed: 'https://hub.example/updates', version, trial: openUpdateTrial(file), random: () => 0, now: () => new Date(2026, 4, 4, clock.hour), say: (line) => said.push(line) });
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
});
