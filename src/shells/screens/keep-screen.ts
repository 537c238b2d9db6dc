import type { ChildProcess } from 'node:child_process';
import { EXIT } from '../exit-codes.ts';
import { Patience } from '../patience.ts';

/** A screen that showed pictures and has none to tell of for this long is not alive, as in the unit of systemd. */
export const WATCH_MS = 90_000;
const LOOK_MS = 1_000;
/** What it has to end its play and to close its log. */
const STOP_MS = 15_000;
/** Shorter lives belong to a loop of crashes. */
const STEADY_MS = 60_000;

export interface KeptScreenOptions {
  /** What people call it. */
  readonly what: string;
  /** Its process, with a line to this one (`stdio: 'ipc'`). */
  readonly start: () => ChildProcess;
  /** It was told when to stop by itself: whatever ends it, it is not started again. */
  readonly once: boolean;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
  /** It showed its first picture. */
  readonly onReady: () => void;
  /** It asks for a reboot of the machine. @returns whether that is carried out; else it is started again */
  readonly mayReboot: () => boolean;
  /** For tests. */
  readonly watchMs?: number;
  readonly stopMs?: number;
}

export interface KeptScreen {
  /** It says that it shows pictures. */
  presents(): boolean;
  /** Its last exit code, once it is not to be started again. */
  readonly ended: Promise<number>;
}

/**
 * Keeps the process of one screen running: starts it again when it ended, with a pause that doubles, and ends it when it no
 * longer tells of pictures. What systemd is for the one screen of a machine, this is for each of several, with its words.
 */
export function keepScreen({ what, start, once, say, stop, onReady, mayReboot, watchMs = WATCH_MS, stopMs = STOP_MS }: KeptScreenOptions): KeptScreen {
  const patience = new Patience(STEADY_MS);
  /** Of the last word that there are pictures; `null` before the first in this life. */
  let toldMs: number | null = null;

  function live(): Promise<number> {
    toldMs = null;
    const screen = start();
    let killing: NodeJS.Timeout | undefined;
    screen.on('message', (state) => {
      if (state === 'READY=1') onReady();
      if (state === 'READY=1' || (state === 'WATCHDOG=1' && toldMs !== null)) toldMs = performance.now();
      if (state !== 'STOPPING=1') return;
      // It closes its log and has nothing to show meanwhile.
      toldMs = null;
      if (!once) killing ??= setTimeout(() => screen.kill('SIGKILL'), stopMs);
    });
    const watching = setInterval(() => {
      if (toldMs === null || performance.now() - toldMs < watchMs) return;
      toldMs = null;
      say(`${what}: no pictures for ${Math.round(watchMs / 1_000)} s; ending it`);
      screen.kill('SIGKILL');
    }, Math.min(LOOK_MS, watchMs / 3));
    const end = (): void => {
      // Windows has no signals: there, the end of the line is the word. Elsewhere the screen goes on telling how it ends.
      if (process.platform !== 'win32') screen.kill('SIGTERM');
      else if (screen.connected) screen.disconnect();
      killing ??= setTimeout(() => screen.kill('SIGKILL'), stopMs);
    };
    stop.addEventListener('abort', end, { once: true });
    return new Promise((resolve) => {
      const ended = (code: number): void => {
        clearInterval(watching);
        clearTimeout(killing);
        stop.removeEventListener('abort', end);
        toldMs = null;
        resolve(code);
      };
      screen.on('exit', (code) => ended(code ?? 1));
      screen.on('error', (error) => {
        if (screen.pid !== undefined) return;
        say(`${what}: cannot be started: ${error.message}`);
        ended(1);
      });
    });
  }

  async function keep(): Promise<number> {
    for (;;) {
      const begunMs = performance.now();
      const code = await live();
      if (stop.aborted || once || code === 0) return code;
      if (code === EXIT.reboot && mayReboot()) return code;
      const pauseMs = patience.afterLife(performance.now() - begunMs);
      say(`${what}: ended with ${code}; starting it again${pauseMs === 0 ? '' : ` in ${pauseMs / 1_000} s`}`);
      if (!(await pause(pauseMs))) return 0;
    }
  }

  function pause(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        stop.removeEventListener('abort', end);
        resolve(!stop.aborted);
      };
      const timer = setTimeout(end, ms);
      stop.addEventListener('abort', end);
    });
  }

  return { presents: () => toldMs !== null && performance.now() - toldMs < watchMs, ended: keep() };
}
