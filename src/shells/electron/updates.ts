import type { AppUpdater } from 'electron-updater';
import type { Installation } from './installation.ts';
import type { UpdateTrial } from './update-trial.ts';
import type { UpdateWaiting } from './update-waiting.ts';

const LOOK_EVERY_MS = 6 * 3_600_000;
/** Screens of a chain that get power at the same moment do not ask in the same moment. */
const FIRST_LOOK_WITHIN_MS = 600_000;
/** What waits for long is looked for sooner, and comes from this disk. */
const OVERDUE_LOOK_WITHIN_MS = 120_000;
const QUIET_LOOK_MS = 60_000;
/** The shop is being opened: what waits for long may still interrupt the screen, once. Later in the day it plays. */
const AFTER_START_MS = 900_000;

export type Updater = Pick<AppUpdater, 'setFeedURL' | 'checkForUpdates' | 'downloadUpdate' | 'isUserWithinRollout' | 'allowDowngrade' | 'autoDownload' | 'autoInstallOnAppQuit' | 'on' | 'logger'>;

export interface UpdatesOptions {
  readonly updater: Updater;
  readonly installation: Installation;
  /** Where releases lie: `<feed>/latest*.yml`, and each older version below `<feed>/<version>/`. */
  readonly feed: string;
  /** Running now. */
  readonly version: string;
  readonly trial: UpdateTrial;
  readonly waiting: UpdateWaiting;
  /** Nobody looks at a screen of this machine. */
  readonly isQuiet: (now: Date) => boolean;
  readonly random: () => number;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

export interface Updates {
  /** Something was presented: this version works. */
  firstFrame(): void;
  close(): void;
}

interface Loaded {
  readonly version: string;
  readonly file: string;
}

/**
 * Keeps the program new, unseen: looks for a release, loads it in the background and installs it at night, or while the display
 * is off. Where it waits for more than a day, because the mains are cut at night, it is installed soon after a start. A release goes
 * to as many screens as its `stagingPercentage` says; one that does not come to its first frame is taken back to the
 * version before, and not tried again. Whatever goes wrong here is said, and the version that runs goes on.
 */
export function startUpdates({ updater, installation, feed, version, trial, waiting, isQuiet, random, now, say }: UpdatesOptions): Updates {
  const withinRollout = updater.isUserWithinRollout;
  let ready: Loaded | null = null;
  let installing: string | null = null;
  let isEarly = true;
  const isOverdue = (): boolean => waiting.isLong(version, now().getTime());

  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.setFeedURL({ provider: 'generic', url: feed });
  updater.allowDowngrade = false;
  updater.isUserWithinRollout = (info) => !trial.refuses(info.version) && withinRollout(info);
  // What an installer has to say comes here alone; all else is said once for each attempt, below.
  updater.on('error', (error) => (installing === null ? undefined : sayNotInstalled(installing, error)));

  const back = trial.start(version);
  if (back !== null) void goBack(back);

  async function look(): Promise<void> {
    if (ready !== null || back !== null) return;
    try {
      ready = await load();
      if (ready === null) return;
      waiting.begin(version, now().getTime());
      say(`Update    version ${ready.version} is here and is installed ${isEarly && isOverdue() ? 'now: it has waited for more than a day' : 'when nobody looks'}`);
      await installUnseen();
    } catch (error) {
      say(`Update    not loaded, tried again in some hours: ${firstLine(error)}`);
    }
  }

  async function load(): Promise<Loaded | null> {
    const found = await updater.checkForUpdates();
    if (found?.isUpdateAvailable !== true) return null;
    const [file] = await updater.downloadUpdate(found.cancellationToken);
    return file === undefined ? null : { version: found.updateInfo.version, file };
  }

  async function installUnseen(): Promise<void> {
    if (ready === null || !(isQuiet(now()) || (isEarly && isOverdue()))) return;
    const next = ready;
    // Should it fail, it is tried again after the next look, another night or after another start.
    isEarly = false;
    ready = null;
    if (trial.begin(version, next.version)) await install(next);
  }

  async function install(next: Loaded): Promise<void> {
    installing = next.version;
    try {
      await installation.install(next.file);
    } catch (error) {
      sayNotInstalled(next.version, error);
    }
  }

  function sayNotInstalled(next: string, error: unknown): void {
    say(`Update    version ${next} cannot be installed, ${version} goes on: ${firstLine(error)}`);
  }

  async function goBack(to: string): Promise<void> {
    say(`Update    version ${version} showed nothing in its first starts; going back to ${to}`);
    try {
      if (await installation.takeBack()) return;
      updater.setFeedURL({ provider: 'generic', url: `${feed.replace(/\/+$/, '')}/${to}` });
      updater.allowDowngrade = true;
      updater.isUserWithinRollout = () => true;
      const older = await load();
      if (older === null) throw new Error(`the feed has no version ${to}`);
      await install(older);
    } catch (error) {
      say(`Update    cannot go back to ${to}: ${firstLine(error)}. Install that version by hand.`);
    }
  }

  async function settle(): Promise<void> {
    trial.passed(version);
    try {
      if (back === null) await installation.settle();
    } catch (error) {
      say(`Update    what was kept for going back stays on the disk: ${firstLine(error)}`);
    }
  }

  const timers = [
    setTimeout(() => void look(), random() * (isOverdue() ? OVERDUE_LOOK_WITHIN_MS : FIRST_LOOK_WITHIN_MS)),
    setInterval(() => void look(), LOOK_EVERY_MS),
    setInterval(() => void installUnseen(), QUIET_LOOK_MS),
    setTimeout(() => (isEarly = false), AFTER_START_MS),
  ];
  return {
    firstFrame: () => void settle(),
    close() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
