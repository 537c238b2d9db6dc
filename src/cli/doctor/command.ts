import { execFile } from 'node:child_process';
import { arch, cpus, release, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { Command } from 'commander';
import type { DoctorReport, Finding } from '../../contract/index.ts';
import type { ShellKind } from '../../shells/index.ts';
import { slotLeaderOption, slotPortOption } from '../player-options.ts';
import { say } from '../terminal.ts';
import { checkDisplayMeans } from './display-means.ts';
import { checkHub } from './hub.ts';
import { checkCamera, checkClock, checkDataFolder, checkDisplay, checkNode, checkRadio } from './machine.ts';
import { checkNetwork, checkWifi } from './network.ts';
import { slotFinding } from './slots.ts';

const LIMIT_MS = 5_000;
const MARKS: Readonly<Record<Finding['state'], string>> = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' };

interface DoctorOptions {
  slotLeader?: string;
  slotPort?: number;
  data: string;
  hub?: string;
  json?: boolean;
}

export function doctorCommand(version: string): Command {
  return new Command('doctor')
    .description('look whether this machine can be a screen, and say what to mend')
    .option('--data <dir>', 'data folder of the screen, or of the machine where it runs several', './data/screen')
    .option('--hub <url>', 'hub to try, if not that of the set-up')
    .addOption(slotLeaderOption())
    .addOption(slotPortOption())
    .option('--json', 'print the findings as JSON')
    .action((options: DoctorOptions) => runDoctor(options, version));
}

async function runDoctor(options: DoctorOptions, version: string): Promise<void> {
  const report: DoctorReport = { version, machine: `${process.platform} ${release()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${(totalmem() / 1_073_741_824).toFixed(1)} GB`.slice(0, 300), findings: await examine(options) };
  if (options.json === true) say(JSON.stringify(report, null, 2));
  else printReport(report);
  process.exitCode = report.findings.some(({ state }) => state === 'fail') ? 1 : 0;
}

async function examine({ data, hub, slotLeader, slotPort }: DoctorOptions): Promise<Finding[]> {
  const { chooseShell, findHeadlessBrowser, readSettings } = await import('../../shells/index.ts');
  const { examineSlots, foldersOfScreens, readDisplayMeans } = await import('../../player/index.ts');
  const { checkBrowser } = await import('./browser.ts');
  const dataDir = resolve(data);
  const { checkCrashDumps } = await import('./crashes.ts');
  const { findingsOfProgram, readProgramSight } = await import('./program.ts');
  const sight = readProgramSight(process.env);
  const own = sight?.electron ?? (process.versions as Partial<NodeJS.ProcessVersions>).electron;
  const chosen = own === undefined ? await chooseShell('auto').catch((error: unknown) => ({ kind: 'none' as const, why: error instanceof Error ? error.message : String(error) })) : ofPackage(own, sight !== null);
  // Another browser says nothing about the one in the package.
  const browser = 'browser' in chosen ? chosen.browser : own === undefined ? await findHeadlessBrowser() : null;
  const network = { ...(slotLeader === undefined ? {} : { leader: slotLeader }), ...(slotPort === undefined ? {} : { port: slotPort }) };
  const ofScreen = async (folder: string): Promise<(Finding | null)[]> => {
    const hubUrl = hub ?? readSettings(folder)?.hubUrl;
    return [
      slotFinding(await examineSlots(folder, network)),
      ...(await checkDataFolder(folder)),
      await checkDisplayMeans(() => readDisplayMeans(folder)),
      hubUrl === undefined ? { what: 'Hub', state: 'warn', found: 'this screen was not set up yet', fix: 'Name one to try with --hub URL.' } : await checkHub(hubUrl),
    ];
  };
  const found = [
    checkNode(),
    await checkDisplay(process.env),
    shellFinding(chosen),
    ...(sight === null ? [] : findingsOfProgram(sight, process.execPath)),
    ...(browser === null ? [] : [...(await checkBrowser(browser)), await checkCrashDumps(browser)]),
    await checkCamera(),
    await checkRadio(),
    await checkWifi(),
    await checkNetwork(),
    await checkClock(output),
    ...(await Promise.all(foldersOfScreens(dataDir).map(ofScreen))).flat(),
  ];
  return found.filter((finding) => finding !== null);
}

/** An installed program looks at itself, where there is a display. */
function ofPackage(version: string, hasLooked: boolean): { readonly kind: 'electron'; readonly why: string } {
  return { kind: 'electron', why: `Electron ${version}, of this package${hasLooked ? '' : '; how it draws and which videos it plays it can only say on a display'}` };
}

function shellFinding({ kind, why }: { readonly kind: ShellKind | 'none'; readonly why: string }): Finding {
  const found = why.slice(0, 500);
  if (kind === 'none') return { what: 'Shell', state: 'fail', found };
  return kind === 'headless' ? { what: 'Shell', state: 'warn', found, fix: 'Fine to try it; in a shop use Electron, or an installed Chromium, on a display.' } : { what: 'Shell', state: 'ok', found };
}

async function output(program: string, args: readonly string[]): Promise<string> {
  return (await promisify(execFile)(program, [...args], { timeout: LIMIT_MS })).stdout;
}

function printReport({ version, machine, findings }: DoctorReport): void {
  say(`Litfass ${version} on ${machine}\n`);
  for (const { what, state, found, fix } of findings) {
    say(`  ${MARKS[state]}  ${what.padEnd(12)} ${found}`);
    if (fix !== undefined) say(`${' '.repeat(21)}→ ${fix}`);
  }
  const count = (state: Finding['state']): number => findings.filter((finding) => finding.state === state).length;
  say(`\n  ${count('ok')} ok, ${count('warn')} warnings, ${count('fail')} failures`);
}
