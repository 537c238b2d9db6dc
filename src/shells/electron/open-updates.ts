import { join } from 'node:path';
import type { AutoUpdater } from 'electron';
import type * as ElectronUpdater from 'electron-updater';
import { byInstaller, openAppImage } from './installation.ts';
import { isQuietTime } from './quiet-time.ts';
import { readUpdateFeed } from './update-feed.ts';
import { openUpdateTrial } from './update-trial.ts';
import { openUpdateWaiting } from './update-waiting.ts';
import { startUpdates, type Updates } from './updates.ts';

export interface PackageUpdates {
  /** Of the machine. */
  readonly dataDir: string;
  readonly version: string;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly native: Pick<AutoUpdater, 'on'>;
  /** Ends this program so that it comes back. */
  readonly restart: () => void;
  /** Ends this program for the system's installer, which brings it back. */
  readonly makeWay: () => void;
  readonly say: (line: string) => void;
}

/**
 * Updates of an installed package, from where this machine was told to take them; `null`: from nowhere, or not by this program.
 * Whatever is wrong with them is said, and keeps nothing from the screen.
 */
export async function openUpdates({ dataDir, version, platform, env, native, restart, makeWay, say }: PackageUpdates): Promise<Updates | null> {
  try {
    const feed = readUpdateFeed(dataDir, env);
    if (feed === null) return null;
    const image = env.APPIMAGE;
    if (platform === 'linux' && image === undefined) {
      say(`Update    ${feed} is not asked: what the system's package manager installed, only it may replace (apt, unattended-upgrades), or somebody with a new package.`);
      return null;
    }
    const { default: updaters } = (await import('electron-updater')) as unknown as { readonly default: typeof ElectronUpdater };
    const common = { feed, version, trial: openUpdateTrial(join(dataDir, 'update.json'), say), waiting: openUpdateWaiting(join(dataDir, 'update-waiting.json'), say), isQuiet: (now: Date) => isQuietTime(dataDir, now), random: Math.random, now: () => new Date(), say };
    if (image !== undefined) return startUpdates({ ...common, updater: new updaters.AppImageUpdater(), installation: openAppImage(image, restart) });
    // On macOS the windows are closed for the update first, and ours open again unless they know of it.
    native.on('before-quit-for-update', makeWay);
    const updater = platform === 'darwin' ? new updaters.MacUpdater() : new updaters.NsisUpdater();
    return startUpdates({ ...common, updater, installation: byInstaller(updater) });
  } catch (error) {
    say(`Update    none are looked for: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
