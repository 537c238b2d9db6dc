import { spawn } from 'node:child_process';
import type { Command } from 'commander';
import { projectDir, writableReport } from './options.ts';
import type { ScreenOptions } from './player-options.ts';
import { say, sayField } from './terminal.ts';

interface EachDisplay {
  readonly command: Command;
  readonly options: ScreenOptions & { readonly hub?: string; readonly code?: string; readonly name?: string };
  readonly dataDir: string;
  readonly displays: readonly string[];
  readonly stop: AbortSignal;
}

/** `litfass player` once for each display, with what was said here and what is its own. @returns the exit code */
export async function runEachDisplay({ command, options, dataDir, displays, stop }: EachDisplay): Promise<number> {
  const { runScreens, shareOut } = await import('../shells/index.ts');
  const screens = shareOut({
    dataDir,
    displays,
    ...(options.hub === undefined ? {} : { hubUrl: options.hub }),
    ...(options.code === undefined ? {} : { pairingCodes: options.code.split(',') }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.report === undefined ? {} : { reportFile: writableReport(options.report) }),
  });
  for (const { display, dataDir: folder } of screens) sayField('Display', `${display}, its screen lives in ${folder}`);
  if (options.camera === true && screens.length > 1) sayField('Camera', `for display ${displays[0] ?? ''}; another screen gets one of its own at its set-up`);
  const argumentsOf = ({ display, dataDir: data, name, pairingCode, reportFile, mayUseCamera }: (typeof screens)[number]): string[] => {
    const own = { display, displays: undefined, data, name, code: pairingCode, report: reportFile, camera: mayUseCamera ? options.camera : undefined };
    return ['player', ...sayAgain(command, { ...options, ...own })];
  };
  return runScreens({
    dataDir,
    screens,
    start: (share, env) => spawn(process.execPath, [process.argv[1] ?? `${projectDir}src/cli/main.ts`, ...argumentsOf(share)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env }),
    once: options.seconds !== undefined,
    say,
    stop,
  });
}

/** The command line that says these options. */
function sayAgain(command: Command, options: object): string[] {
  return command.options.flatMap((option) => {
    const value = (options as Readonly<Record<string, string | number | boolean | undefined>>)[option.attributeName()];
    if (option.long === undefined || value === undefined) return [];
    return option.isBoolean() ? [option.long] : [option.long, String(value)];
  });
}
