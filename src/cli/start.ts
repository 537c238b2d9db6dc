import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { publishAndWatch } from './hub.ts';
import { dataFolder, port, projectDir, writableReport } from './options.ts';
import { addScreenOptions, audienceSource, type ScreenOptions } from './player-options.ts';
import { say, sayField, stopSignal } from './terminal.ts';

interface StartCommandOptions extends ScreenOptions {
  data: string;
  port: number;
  programme: string;
}

const SCREEN_NAME = 'Screen by the bread shelf';
/** A screen that dies is started again, with a pause that doubles. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export function startCommand(version: string): Command {
  const command = new Command('start')
    .description('run a store in a box: a hub, one enrolled screen, a demo programme, an audience')
    .option('--data <dir>', 'where everything is kept', './data')
    .option('--port <number>', 'port of the hub, or the next free one', port, 8080)
    .option('--programme <dir>', 'folder with a programme.json to publish, again after each change', `${projectDir}assets/demo`);
  return addScreenOptions(command).action((options: StartCommandOptions) => runStore(options, version));
}

async function runStore(options: StartCommandOptions, version: string): Promise<void> {
  const stop = stopSignal();
  const screen: StartCommandOptions = options.camera === true || options.clip !== undefined || options.replay !== undefined ? options : { ...options, replay: `${projectDir}assets/walk-by/walk-by.ndjson` };
  // Said now rather than by the screen in a minute.
  audienceSource(screen);
  if (options.report !== undefined) writableReport(options.report);
  say(`Litfass ${version}: a store in a box\n`);
  const data = dataFolder(options.data);
  const { openHub, serveHub } = await import('../hub/index.ts');
  const hub = await openHub({ dataDir: join(data, 'hub'), clock: Date.now, pagesDir: `${projectDir}dist/renderer/console`, notice: say });
  const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: options.port } });
  let watching: { close(): void } | null = null;
  try {
    sayField('Console', `${served.url}/?key=${hub.accessKey}`);
    watching = await publishAndWatch(hub, resolve(options.programme));
    const { code } = await hub.createPairingCode();
    process.exitCode = await keepScreenRunning(screenArguments(screen, served.url, code, data), options.seconds !== undefined, stop);
  } finally {
    watching?.close();
    await served.close();
    await hub.close();
  }
}

/**
 * The screen is a process of its own that knows the hub by its address alone, like any other. Somebody tries it at a desk,
 * so the stage stays in a window.
 */
function screenArguments(options: StartCommandOptions, hubUrl: string, code: string, data: string): string[] {
  const given: [string, string | number | undefined][] = [
    ['--hub', hubUrl],
    ['--code', code],
    ['--name', SCREEN_NAME],
    ['--data', join(data, 'screen')],
    ['--shell', options.shell],
    ['--stage-port', options.stagePort],
    ['--clip', options.clip],
    ['--replay', options.replay],
    ['--backend', options.backend],
    ['--seconds', options.seconds],
    ['--report', options.report],
    ['--time-zone', options.timeZone],
    ['--rotate', options.rotate],
    ['--slot-leader', options.slotLeader],
    ['--slot-port', options.slotPort],
  ];
  return ['player', '--windowed', ...(options.camera === true ? ['--camera'] : []), ...given.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]))];
}

async function keepScreenRunning(args: readonly string[], once: boolean, stop: AbortSignal): Promise<number> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    const startedMs = performance.now();
    const code = await runScreen(args, stop);
    // A wrong option or a folder that cannot be written will not get better by itself.
    const neverRan = performance.now() - startedMs < 3_000 && code === 1;
    if (stop.aborted || once || code === 0 || neverRan) return stop.aborted ? 0 : code;
    if (performance.now() - startedMs > LONGEST_PAUSE_MS) pauseMs = FIRST_PAUSE_MS;
    say(`The screen ended with ${code}; starting it again in ${pauseMs / 1_000} s`);
    if (!(await sleep(pauseMs, true, { signal: stop }).catch(() => false))) return 0;
  }
}

async function runScreen(args: readonly string[], stop: AbortSignal): Promise<number> {
  const screen: ChildProcess = spawn(process.execPath, [process.argv[1] ?? `${projectDir}src/cli/main.ts`, ...args], { stdio: 'inherit' });
  // Ctrl-C reaches the screen too; a supervisor's signal reaches only us.
  const pass = (): void => void screen.kill('SIGTERM');
  stop.addEventListener('abort', pass, { once: true });
  try {
    return await new Promise((end, fail) => {
      screen.on('error', fail);
      screen.on('close', (code) => end(code ?? 1));
    });
  } finally {
    stop.removeEventListener('abort', pass);
  }
}
