import { spawn } from 'node:child_process';
import type { App } from 'electron';

/** The process that ends: `process`. */
export interface Ending {
  readonly env: NodeJS.ProcessEnv;
  readonly pid: number;
  readonly connected?: boolean;
}

/** Whether whoever started this program starts it again when it ends: a service of systemd, or the process that runs all screens. */
export function isKept({ env, pid, connected = false }: Ending): boolean {
  if (connected) return true;
  // A desktop that is a service hands its INVOCATION_ID to every program that somebody opens in it. The process id is the
  // service's own; systemd before 248 does not tell it.
  const { SYSTEMD_EXEC_PID: service, INVOCATION_ID: unit } = env;
  return service === undefined ? unit !== undefined : service === String(pid);
}

/**
 * Has this program start again once it has ended. Electron's own `relaunch` leaves a process behind that starts it; but in an
 * AppImage that process runs from the mounted image, which goes away with the program.
 */
export function startAgain(app: Pick<App, 'relaunch'>, { env, pid }: Ending): void {
  const { APPIMAGE: image } = env;
  if (image === undefined) {
    app.relaunch();
    return;
  }
  const waitAndStart = 'while kill -0 "$1" 2>/dev/null; do sleep 0.2; done; exec "$0"';
  spawn('/bin/sh', ['-c', waitAndStart, image, String(pid)], { detached: true, stdio: 'ignore', env: withoutImage(env), cwd: '/' }).unref();
}

/** Each start of an AppImage puts its folders into these lists; after some thousand restarts they would be too long to start anything. */
const LISTS = ['PATH', 'XDG_DATA_DIRS', 'LD_LIBRARY_PATH', 'GSETTINGS_SCHEMA_DIR'];

function withoutImage({ APPDIR: mounted, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = (folder: string): boolean => mounted !== undefined && (folder === mounted || folder.startsWith(`${mounted}/`));
  const folders = (list: string | undefined): string => [...new Set(list?.split(':'))].filter((folder) => folder !== '' && !ours(folder)).join(':');
  // An empty list is not the same as none.
  return { ...env, ...Object.fromEntries(LISTS.map((name) => [name, folders(env[name]) || undefined])) };
}
