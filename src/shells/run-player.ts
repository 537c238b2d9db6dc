import { writeFile } from 'node:fs/promises';
import { LitfassError, type RunReport } from '../contract/index.ts';
import { openPlayer, type PlayerOptions } from '../player/index.ts';
import type { Shell, ShellKind, ShellRequest } from './shell.ts';

export interface RunRequest {
  readonly player: Omit<PlayerOptions, 'say' | 'shell' | 'stop'>;
  readonly shell: ShellKind;
  readonly openShell: (request: ShellRequest) => Promise<Shell>;
  /** Stop by itself after so long; `null`: run until told to stop. */
  readonly seconds: number | null;
  readonly reportFile: string | null;
  readonly say: (line: string) => void;
  /** Called with the shell as soon as it is open. */
  readonly onOpen?: (shell: Shell) => void;
  /** Aborts when the process is told to stop. */
  readonly stop: AbortSignal;
}

/**
 * One life of a player: opens it and its shell, runs, stops cleanly, writes the report. The same in every shell.
 *
 * @returns the plays of this life, counted here and at the hub
 */
export async function runPlayer(request: RunRequest): Promise<RunReport['impressions']> {
  const player = await openPlayer({ ...request.player, shell: request.shell, say: request.say, stop: request.stop }).catch((error: unknown) => {
    // Told to stop while it waited for its hub: nothing was begun.
    if (request.stop.aborted) return null;
    throw error;
  });
  if (player === null) return { logged: 0, acknowledged: 0, lost: 0, duplicated: 0 };
  try {
    const shell = await request.openShell({ player, say: request.say });
    try {
      request.onOpen?.(shell);
      await untilToldToStop(request.seconds, request.stop);
      await player.stop();
    } finally {
      await shell.close();
    }
    if (request.reportFile !== null) await writeReport(request.reportFile, await player.report());
    return await player.impressions();
  } finally {
    await player.close();
  }
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
