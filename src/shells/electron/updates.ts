import type { AppUpdater } from 'electron-updater';
import type { UpdateTrial } from './update-trial.ts';

const LOOK_EVERY_MS = 6 * 3_600_000;
/** Screens of a chain that get power at the same moment do not ask in the same moment. */
const FIRST_LOOK_WITHIN_MS = 600_000;
/** An hour in which no shop is open; local time. */
const QUIET_HOUR = 3;
const QUIET_LOOK_MS = 60_000;

export type Updater = Pick<AppUpdater, 'setFeedURL' | 'checkForUpdates' | 'downloadUpdate' | 'quitAndInstall' | 'isUserWithinRollout' | 'allowDowngrade' | 'autoDownload' | 'autoInstallOnAppQuit' | 'on' | 'logger'>;

export interface UpdatesOptions {
  readonly updater: Updater;
  /** Where releases lie: `<feed>/latest*.yml`, and each older version below `<feed>/<version>/`. */
  readonly feed: string;
  /** Running now. */
  readonly version: string;
  readonly trial: UpdateTrial;
  readonly random: () => number;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

export interface Updates {
  /** Something was presented: this version works. */
  firstFrame(): void;
  close(): void;
}

/**
 * Keeps the program new, unseen: looks for a release, loads it in the background and installs it at night. A release goes
 * to as many screens as its `stagingPercentage` says; one that does not come to its first frame is taken back to the
 * version before, and not tried again.
 */
export function startUpdates({ updater, feed, version, trial, random, now, say }: UpdatesOptions): Updates {
  const withinRollout = updater.isUserWithinRollout;
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.setFeedURL({ provider: 'generic', url: feed });
  updater.allowDowngrade = false;
  updater.isUserWithinRollout = (info) => !trial.refuses(info.version) && withinRollout(info);
  // Said once for each attempt below; without a listener an error would end the process.
  updater.on('error', () => undefined);

  let ready: string | null = null;
  const back = trial.start(version);
  if (back !== null) void goBack(back);

  async function look(): Promise<void> {
    if (ready !== null || back !== null) return;
    try {
      const found = await updater.checkForUpdates();
      if (found?.isUpdateAvailable !== true) return;
      await updater.downloadUpdate(found.cancellationToken);
      ready = found.updateInfo.version;
      say(`Update    version ${ready} is here and is installed at night`);
    } catch (error) {
      say(`Update    not loaded, tried again in some hours: ${firstLine(error)}`);
    }
  }

  function installAtNight(): void {
    if (ready === null || now().getHours() !== QUIET_HOUR) return;
    trial.begin(version, ready);
    ready = null;
    updater.quitAndInstall(true, true);
  }

  async function goBack(to: string): Promise<void> {
    say(`Update    version ${version} showed nothing in its first starts; going back to ${to}`);
    try {
      updater.setFeedURL({ provider: 'generic', url: `${feed.replace(/\/+$/, '')}/${to}` });
      updater.allowDowngrade = true;
      updater.isUserWithinRollout = () => true;
      const found = await updater.checkForUpdates();
      if (found?.isUpdateAvailable !== true) throw new Error(`the feed has no version ${to}`);
      await updater.downloadUpdate(found.cancellationToken);
      updater.quitAndInstall(true, true);
    } catch (error) {
      say(`Update    cannot go back to ${to}: ${firstLine(error)}. Install that version by hand.`);
    }
  }

  const timers = [setTimeout(() => void look(), random() * FIRST_LOOK_WITHIN_MS), setInterval(() => void look(), LOOK_EVERY_MS), setInterval(installAtNight, QUIET_LOOK_MS)];
  return {
    firstFrame: () => trial.passed(version),
    close() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
