import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runReportSchema, type RunReport } from '../../src/contract/index.ts';
import { openHub, serveHub } from '../../src/hub/index.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));

export interface RunningScreen {
  readonly pid: number;
  readonly ended: Promise<RunReport>;
}

export interface OfflineScreen {
  /** How long the hub took to publish the programme, ms. */
  readonly publishedMs: number;
  /** A new process that finds everything on its disk and nobody to ask. */
  start(seconds: number): RunningScreen;
}

/** A screen that has a programme and its media on its disk, and whose hub is gone since. @param folder the programme, as a content manager writes it */
export async function openOfflineScreen(dir: string, folder: string, port: number, firstSeconds: number): Promise<OfflineScreen> {
  const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: () => undefined });
  const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: port } });
  await keepMedia(folder, join(dir, 'screen/media'));
  const beganMs = performance.now();
  await hub.publishProgrammeFolder(folder);
  const publishedMs = performance.now() - beganMs;
  const { code } = await hub.createPairingCode();
  const start = (seconds: number, ...more: readonly string[]): RunningScreen => run(dir, ['--hub', served.url, '--seconds', String(seconds), '--stage-port', String(port + 50), ...more]);
  await start(firstSeconds, '--code', code).ended;
  await served.close();
  await hub.close();
  return { publishedMs, start: (seconds) => start(seconds) };
}

/** As if they had been downloaded: ten thousand downloads are another benchmark. */
async function keepMedia(folder: string, media: string): Promise<void> {
  await mkdir(media, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (name === 'programme.json') continue;
    const bytes = await readFile(join(folder, name));
    await writeFile(join(media, createHash('sha256').update(bytes).digest('hex')), bytes);
  }
}

function run(dir: string, args: readonly string[]): RunningScreen {
  const report = join(dir, 'report.json');
  const child = spawn(process.execPath, [join(projectDir, 'src/cli/main.ts'), 'player', '--data', join(dir, 'screen'), '--shell', 'headless', '--report', report, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const ended = new Promise<RunReport>((resolve, reject) => {
    child.on('close', () => {
      readFile(report, 'utf8')
        .then((text) => resolve(runReportSchema.parse(JSON.parse(text))))
        .catch((error: unknown) => reject(new Error(`the player wrote no report: ${String(error)}\n${said.join('')}`)));
    });
  });
  return { pid: child.pid ?? 0, ended };
}
