import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const LIMIT_MS = 5_000;
/** systemd recommends half of its limit (sd_watchdog_enabled(3)); a third leaves room for a busy machine. */
const SHARE = 3;

/** `NOTIFY_SOCKET` of a screen among several of a machine: the process that runs them listens. systemd's own begins with / or @. */
export const TO_PARENT = 'parent:';

export interface ServiceNotice {
  /** The first frame was presented: the service is up. Repeating it is harmless. */
  ready(): void;
  /** The stage presents frames now; only then is systemd's watchdog fed. */
  presenting(): void;
  stopping(): void;
}

export interface ServiceNoticeOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly nowMs: () => number;
  readonly say: (line: string) => void;
  /** Sends one state, such as `READY=1`. */
  readonly send?: (state: string) => Promise<void>;
}

/**
 * Tells systemd, or the process that runs all screens of this machine, how the service does (sd_notify(3)): ready with the first
 * picture, alive only while there are pictures. Does nothing where nobody asked to be told.
 */
export function createServiceNotice({ env, nowMs, say, send = env.NOTIFY_SOCKET === TO_PARENT ? tellParent : sendBySystemdNotify }: ServiceNoticeOptions): ServiceNotice {
  const listens = (env.NOTIFY_SOCKET ?? '') !== '';
  const watchdogMs = Number(env.WATCHDOG_USEC ?? 0) / 1_000;
  let toldReady = false;
  let fedMs = Number.NEGATIVE_INFINITY;
  let failed = false;
  let isStopping = false;

  function tell(state: string): void {
    if (!listens) return;
    send(state).catch((error: unknown) => {
      // Whoever ends a screen may have ended the line to it, and starts nothing anew.
      if (!failed && !isStopping) say(`whoever started this screen is not told how the stage does, and will start it anew: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
      failed = true;
    });
  }

  return {
    ready() {
      if (toldReady) return;
      toldReady = true;
      tell('READY=1');
    },
    presenting() {
      if (!(watchdogMs > 0) || nowMs() - fedMs < watchdogMs / SHARE) return;
      fedMs = nowMs();
      tell('WATCHDOG=1');
    },
    stopping() {
      isStopping = true;
      tell('STOPPING=1');
    },
  };
}

/** Node has no datagram sockets of this kind; systemd brings a program for it. The unit has to say `NotifyAccess=all`. */
async function sendBySystemdNotify(state: string): Promise<void> {
  await promisify(execFile)('systemd-notify', [state], { timeout: LIMIT_MS });
}

function tellParent(state: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) reject(new Error('the process that runs the screens of this machine has ended'));
    else process.send(state, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}
