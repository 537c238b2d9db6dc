import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LitfassError, type RunReport } from '../contract/index.ts';
import { openPlayer, openTextLog, type Player, type PlayerOptions } from '../player/index.ts';
import { lockInstance } from './instance-lock.ts';
import { createLeaving, type Leaving } from './leaving.ts';
import type { Shell, ShellKind, ShellRequest } from './shell.ts';
import { createSparingSay } from './sparing-say.ts';
import { createServiceNotice, openDepartures, type Departure } from './supervision/index.ts';
import { hearUnhandled } from './unhandled.ts';

/** What the stage presented this recently counts as now. */
const FRESH_MS = 5_000;
const LOOK_MS = 1_000;
const ANSWER_MS = 2_000;
/** Longest wait for the hub's own count: with what comes before it well within the time that a service has to stop. */
const COUNT_MS = 2_000;
/** What a line of the log holds. */
const LONGEST_STACK = 2_000;

/** What else may be said of a player, whatever shows it. */
export type PlayerExtras = Pick<PlayerOptions, 'backend' | 'groupCommitMs' | 'timeZone' | 'slotNetwork'>;

export interface RunRequest {
  readonly player: Omit<PlayerOptions, 'say' | 'shell' | 'stop' | 'safe'>;
  readonly shell: ShellKind;
  readonly openShell: (request: ShellRequest) => Promise<Shell>;
  /** Whether somebody outside carries out the wish for a reboot, such as the systemd unit. */
  readonly mayReboot: boolean;
  /** Stop by itself after so long; `null`: run until told to stop. */
  readonly seconds: number | null;
  readonly reportFile: string | null;
  readonly say: (line: string) => void;
  /** Called with the shell as soon as it is open, and with the player behind it. */
  readonly onOpen?: (shell: Shell, player: Player) => void;
  /** Aborts when the process is told to stop. */
  readonly stop: AbortSignal;
}

export interface RunResult {
  /** The plays of this life, counted here and at the hub. */
  readonly impressions: RunReport['impressions'];
  /** What should happen now, because something broke that could not be brought back from inside; `null`: it was told to stop. */
  readonly departure: Departure | null;
}

/** One life of a player: opens it and its shell, runs, stops cleanly, writes the report. The same in every shell. */
export async function runPlayer(request: RunRequest): Promise<RunResult> {
  const lock = lockInstance(request.player.dataDir);
  const write = openTextLog({ dir: join(request.player.dataDir, 'logs'), now: () => new Date() });
  const say = (line: string): void => {
    request.say(line);
    write(line);
  };
  try {
    return await runLocked({ ...request, say });
  } finally {
    lock.release();
  }
}

async function runLocked(request: RunRequest): Promise<RunResult> {
  const departures = openDepartures(request.player.dataDir, request.mayReboot);
  const leaving = createLeaving(departures);
  let opened: Player | null = null;
  const broken = async (code: string, what: string): Promise<void> => {
    const next = await leaving.broken(opened?.programmeVersion ?? null);
    if (next === null) return;
    opened?.fault(code, `${what}: ${DEPARTURE_WORDS[next]}`);
    if (next === 'stay-safe') opened?.playSafely();
  };
  const sayError = createSparingSay(request.say, LONGEST_STACK);
  const unhear = hearUnhandled((error) => {
    sayError(`An error that nobody handled: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    void broken('unhandled-error', `the program made a mistake (${error instanceof Error ? error.message : String(error)})`);
  });
  try {
    const stop = AbortSignal.any([request.stop, leaving.signal]);
    const player = await openPlayer({ ...request.player, shell: request.shell, say: request.say, stop, safe: departures.safe }).catch((error: unknown) => {
      // Told to stop while it waited for its hub: nothing was begun.
      if (stop.aborted) return null;
      throw error;
    });
    if (player === null) return { impressions: { logged: 0, acknowledged: 0, lost: 0, duplicated: 0 }, departure: leaving.departure };
    opened = player;
    return await show({ ...request, stop }, player, leaving, (why) => broken('stage-lost', `the stage page ${why}, and nothing here brings it back`));
  } finally {
    unhear();
  }
}

async function show(request: RunRequest, player: Player, leaving: Leaving, leave: (why: string) => Promise<void>): Promise<RunResult> {
  // The answer to the hub goes first.
  player.onRestart(() => leaving.restartIn(ANSWER_MS));
  try {
    const shell = await request.openShell({ player, say: request.say, leave: (why) => void leave(why), wellForLong: () => void keepQuiet(leaving, request.say) });
    try {
      request.onOpen?.(shell, player);
      const notifying = keepServiceTold(player, leaving, request.say);
      await untilToldToStop(request.seconds, request.stop);
      leaving.over();
      notifying.close();
      // Whoever comes back at once sends the rest then; every second until that is a dark one.
      await player.stop(leaving.departure === null ? undefined : 0);
    } finally {
      await shell.close();
    }
    if (request.reportFile !== null) await writeReport(request.reportFile, await player.report());
    return { impressions: await player.impressions(leaving.departure === null ? COUNT_MS : 0), departure: leaving.departure };
  } finally {
    await player.close();
  }
}

const DEPARTURE_WORDS: Readonly<Record<Departure | 'stay-safe', string>> = {
  restart: 'the program starts again',
  reboot: 'the machine is asked to start again',
  'stay-safe': 'it was started again often enough; only the safe part of the programme is shown until a new one comes. Look at this screen.',
};

/**
 * systemd, where it started us: ready with the first picture, alive only while there are some, or nothing is to be shown. A
 * player that was started again often enough is alive as well: ended for its frozen picture, it would only begin all over, for ever.
 */
function keepServiceTold(player: Player, leaving: Leaving, say: (line: string) => void): { close(): void } {
  const notice = createServiceNotice({ env: process.env, nowMs: () => performance.now(), say });
  const timer = setInterval(() => {
    const { silentMs, frozenMs, begun, expected } = player.stagePulse();
    if (begun) notice.ready();
    if (leaving.stays || (silentMs < FRESH_MS && (!expected || frozenMs < FRESH_MS))) notice.presenting();
  }, LOOK_MS);
  return {
    close() {
      clearInterval(timer);
      notice.stopping();
    },
  };
}

/** A count that cannot be written is no reason to disturb a stage that is well. */
async function keepQuiet(leaving: Leaving, say: (line: string) => void): Promise<void> {
  await leaving.wellForLong().catch((error: unknown) => say(`the count of restarts was not written: ${String(error)}`));
}

async function untilToldToStop(seconds: number | null, stop: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener('abort', () => resolve(), { once: true });
    if (seconds !== null) setTimeout(resolve, seconds * 1_000);
  });
}

async function writeReport(file: string, report: RunReport): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    throw new LitfassError('report-not-written', `the report cannot be written to ${file}: ${error instanceof Error ? error.message : String(error)}. Choose another --report file.`, { cause: error });
  }
}
