import type { ChildProcess } from 'node:child_process';
import { screensFolder } from '../../player/index.ts';
import { EXIT } from '../exit-codes.ts';
import { lockInstance } from '../instance-lock.ts';
import { createServiceNotice, TO_PARENT } from '../supervision/index.ts';
import { keepScreen, WATCH_MS, type KeptScreen, type KeptScreenOptions } from './keep-screen.ts';
import type { ScreenShare } from './share-out.ts';

const FEED_MS = 1_000;

export interface ScreensRun extends Pick<KeptScreenOptions, 'once' | 'say' | 'stop' | 'watchMs' | 'stopMs'> {
  /** Of the machine. */
  readonly dataDir: string;
  readonly screens: readonly ScreenShare[];
  /** The process of one screen, with a line to this one. `env`: what it has to know of that. */
  readonly start: (share: ScreenShare, env: NodeJS.ProcessEnv) => ChildProcess;
  /** One of them showed its first picture: this version of the program works. */
  readonly onReady?: () => void;
}

/**
 * Runs all screens of a machine, a process each: one that ends is started again, and the others do not notice. Towards systemd
 * it is one service, ready with the first picture of any screen; how each of them does is watched here.
 *
 * The machine is rebooted for the sake of a screen only while no other one plays.
 *
 * @returns the exit code: the highest of the screens'
 * @throws LitfassError `already-running`
 */
export async function runScreens({ dataDir, screens, start, once, say, stop, onReady = () => undefined, ...limits }: ScreensRun): Promise<number> {
  const lock = lockInstance(screensFolder(dataDir));
  const leaving = new AbortController();
  const notice = createServiceNotice({ env: process.env, nowMs: () => performance.now(), say });
  const feeding = setInterval(() => notice.presenting(), FEED_MS);
  const kept: KeptScreen[] = [];
  for (const share of screens) {
    kept.push(
      keepScreen({
        ...limits,
        what: `Display ${share.display}`,
        start: () => start(share, environment(share, limits.watchMs ?? WATCH_MS)),
        once,
        say,
        stop: AbortSignal.any([stop, leaving.signal]),
        onReady() {
          notice.ready();
          onReady();
        },
        mayReboot() {
          if (kept.some((screen) => screen.presents())) return false;
          leaving.abort();
          return true;
        },
      }),
    );
  }
  stop.addEventListener('abort', () => notice.stopping(), { once: true });
  try {
    const codes = await Promise.all(kept.map(({ ended }) => ended));
    return leaving.signal.aborted ? EXIT.reboot : Math.max(...codes);
  } finally {
    clearInterval(feeding);
    lock.release();
  }
}

/** A screen tells how it does in the words for systemd, over its line to this process. */
function environment({ display }: ScreenShare, watchMs: number): NodeJS.ProcessEnv {
  return { ...process.env, NOTIFY_SOCKET: TO_PARENT, WATCHDOG_USEC: String(1_000 * watchMs), LITFASS_LABEL: `[${display}] ` };
}
