import { Command, Option } from 'commander';
import { LitfassError } from '../contract/index.ts';
import type { ElectronRun, PlayerExtras } from '../shells/index.ts';
import { dataFolder, groupSeconds, projectDir, writableReport } from './options.ts';
import { addScreenOptions, audienceSource, describeSource, type ScreenOptions } from './player-options.ts';
import { runEachDisplay } from './each-display.ts';
import { say, sayField, stopSignal } from './terminal.ts';

interface PlayerCommandOptions extends ScreenOptions {
  hub?: string;
  code?: string;
  name?: string;
  data: string;
  displays?: string;
  groupCommit?: number;
}

export function playerCommand(version: string): Command {
  const command = new Command('player')
    .description('run one screen')
    .option('--hub <url>', 'address of the hub; without it the screen asks on its panel, once')
    .option('--code <code>', 'pairing code from the hub, or one for each of --displays with commas between them; needed once')
    .addOption(new Option('--displays <list>', 'a screen on each of these displays, such as 1,2, in folders below --data; the camera is for the first').conflicts('display'))
    .option('--name <name>', 'what people call this screen')
    .option('--data <dir>', 'where it keeps its log, media and key', './data/screen')
    .option('--group-commit <seconds>', 'spare an SD card: write finished plays together, this often; a power cut may take those since the last time', groupSeconds);
  return addScreenOptions(command).action((options: PlayerCommandOptions) => runPlayerCommand(command, options, version));
}

async function runPlayerCommand(command: Command, options: PlayerCommandOptions, version: string): Promise<void> {
  const stop = stopSignal();
  if (options.hub !== undefined && !URL.canParse(options.hub)) throw new LitfassError('hub-url', `--hub ${options.hub} is not an address; say for example http://127.0.0.1:8080.`);
  const dataDir = dataFolder(options.data);
  const asked = audienceSource(options);
  const reportFile = options.report === undefined ? null : writableReport(options.report);
  const { chooseShell, crashFolder, EXIT, openChromiumShell, parseDisplays, readDisplays, readSettings, runInElectron, runPlayer, screenOf, setUpInChromium } = await import('../shells/index.ts');
  const shell = await chooseShell(options.shell);
  sayField('Screen', shell.why);
  const common = { seconds: options.seconds ?? null, reportFile, mayReboot: process.env.LITFASS_MAY_REBOOT === '1' };
  const displays = options.displays !== undefined ? parseDisplays(options.displays) : options.display === undefined ? readDisplays(dataDir) : null;
  if (shell.kind === 'electron') {
    const several = displays === null ? {} : { displays, ...(options.code === undefined ? {} : { pairingCodes: options.code.split(',') }) };
    process.exitCode = await runInElectron(shell.program, { ...common, extras: extras(options), windowed: options.windowed === true, dataDir, projectDir, version, source: asked, ...given(options), ...several }, stop);
    return;
  }
  const runEach = async (each: readonly string[]): Promise<void> => {
    process.exitCode = await runEachDisplay({ command, options: { ...options, shell: shell.kind }, dataDir, displays: each, stop });
  };
  if (displays !== null) {
    await runEach(displays);
    return;
  }
  const { kind, browser } = shell;
  const window = kind === 'headless' ? 'headless' : options.windowed === true ? 'window' : 'kiosk';
  let settings = options.hub === undefined ? readSettings(dataDir) : null;
  if (options.hub === undefined && settings === null) {
    const outcome = await setUpInChromium({ dataDir, projectDir, browser, window, port: options.stagePort, say, stop, onOpen: (viewUrl) => sayField('Set-up', viewUrl), ...(options.display === undefined ? {} : { display: options.display }) });
    if (outcome?.kind === 'displays') await runEach(outcome.displays);
    if (outcome?.kind !== 'screen') return;
    settings = outcome.settings;
  }
  const { hubUrl, name, source, display, rotation } = screenOf({ ...given(options), source: asked }, settings);
  sayField('Audience', describeSource(source));
  const { impressions, departure } = await runPlayer({
    ...common,
    player: { ...extras(options), dataDir, hubUrl, name, rotation, source, version, projectDir, ...(options.code === undefined ? {} : { pairingCode: options.code }) },
    shell: kind,
    openShell: (ask) => openChromiumShell({ ...ask, browser, window, port: options.stagePort, crashes: crashFolder(dataDir), ...(display === undefined ? {} : { display }) }),
    onOpen: ({ viewUrl }) => sayField('Stage', viewUrl ?? 'on the display'),
    say,
    stop,
  });
  const { logged, acknowledged, lost, duplicated } = impressions;
  say(`\n  ${logged} plays, ${acknowledged} acknowledged by the hub${options.report === undefined ? '' : `; report in ${options.report}`}`);
  process.exitCode = departure === null ? (lost === 0 && duplicated === 0 ? 0 : 1) : EXIT[departure];
}

function extras({ backend, groupCommit, timeZone, slotLeader, slotPort }: PlayerCommandOptions): PlayerExtras {
  const slotNetwork = { ...(slotLeader === undefined ? {} : { leader: slotLeader }), ...(slotPort === undefined ? {} : { port: slotPort }) };
  return { backend, slotNetwork, ...(timeZone === undefined ? {} : { timeZone }), ...(groupCommit === undefined ? {} : { groupCommitMs: 1_000 * groupCommit }) };
}

/** Only what was said on the command line: the rest may stand in the settings. */
function given({ hub, code, name, display, rotate }: PlayerCommandOptions): Pick<ElectronRun, 'hubUrl' | 'pairingCode' | 'name' | 'display' | 'rotation'> {
  return { ...(hub === undefined ? {} : { hubUrl: hub }), ...(code === undefined ? {} : { pairingCode: code }), ...(name === undefined ? {} : { name }), ...(display === undefined ? {} : { display }), ...(rotate === undefined ? {} : { rotation: rotate }) };
}
