import { resolve } from 'node:path';
import { Command } from 'commander';
import { LitfassError } from '../contract/index.ts';
import type { RunRequest } from '../shells/index.ts';
import { projectDir, writableReport } from './options.ts';
import { addScreenOptions, audienceSource, describeSource, type ScreenOptions } from './player-options.ts';
import { say, sayField, stopSignal } from './terminal.ts';

interface PlayerCommandOptions extends ScreenOptions {
  hub: string;
  code?: string;
  name: string;
  data: string;
}

export function playerCommand(version: string): Command {
  const command = new Command('player')
    .description('run one screen')
    .requiredOption('--hub <url>', 'address of the hub')
    .option('--code <code>', 'pairing code from the hub; needed once')
    .option('--name <name>', 'what people call this screen', 'Screen')
    .option('--data <dir>', 'where it keeps its log, media and key', './data/screen');
  return addScreenOptions(command).action((options: PlayerCommandOptions) => runPlayerCommand(options, version));
}

async function runPlayerCommand(options: PlayerCommandOptions, version: string): Promise<void> {
  const stop = stopSignal();
  if (!URL.canParse(options.hub)) throw new LitfassError('hub-url', `--hub ${options.hub} is not an address; say for example http://127.0.0.1:8080.`);
  const source = audienceSource(options);
  const request: Pick<RunRequest, 'player' | 'seconds' | 'reportFile'> & { windowed: boolean } = {
    player: { dataDir: resolve(options.data), hubUrl: options.hub, name: options.name, source, version, projectDir, ...(options.code === undefined ? {} : { pairingCode: options.code }), ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }), rotation: options.rotate ?? 0 },
    windowed: options.windowed === true,
    seconds: options.seconds ?? null,
    reportFile: options.report === undefined ? null : writableReport(options.report),
  };
  const { chooseShell, openChromiumShell, runInElectron, runPlayer } = await import('../shells/index.ts');
  const shell = await chooseShell(options.shell);
  sayField('Screen', shell.why);
  sayField('Audience', describeSource(source));
  if (shell.kind === 'electron') {
    process.exitCode = await runInElectron(shell.program, request, stop);
    return;
  }
  const { kind, browser } = shell;
  const { logged, acknowledged, lost, duplicated } = await runPlayer({
    ...request,
    shell: kind,
    openShell: (ask) => openChromiumShell({ ...ask, browser, window: kind === 'headless' ? 'headless' : options.windowed === true ? 'window' : 'kiosk', port: options.stagePort }),
    onOpen: ({ viewUrl }) => sayField('Stage', viewUrl ?? 'on the display'),
    say,
    stop,
  });
  say(`\n  ${logged} plays, ${acknowledged} acknowledged by the hub${options.report === undefined ? '' : `; report in ${options.report}`}`);
  process.exitCode = lost === 0 && duplicated === 0 ? 0 : 1;
}
