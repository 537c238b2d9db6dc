// Kills the player with SIGKILL at random moments and then counts: every play in its log must be at the hub, once, word for
// word, and every play that a kill cut must be there as `crash`. Run it with `npm run chaos`; prints the counts, exits 1 on loss.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { leafSchema } from '../../src/contract/index.ts';
import { openHub, serveHub } from '../../src/hub/index.ts';
import { writeProgramme } from './programme.ts';

const ROUNDS = Number(process.argv[2] ?? 20);
const project = fileURLToPath(new URL('../../', import.meta.url));
const dir = await mkdtemp(join(tmpdir(), 'litfass-chaos-'));

const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: `${project}dist/renderer/console`, notice: console.log });
const served = await serveHub(hub, { host: '127.0.0.1', port: 18_600 });
await hub.publishProgrammeFolder(await writeProgramme(dir, (index) => 600 + 200 * index));
const { code } = await hub.createPairingCode();

let seenBoot = '';
let inPlay = 0;
for (let round = 1; round <= ROUNDS; round += 1) {
  const player = startPlayer([]);
  await playing(player);
  const afterMs = Math.round(Math.random() * 6_000);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  player.kill('SIGKILL');
  await ended(player);
  inPlay += 1;
  process.stdout.write(`round ${round}: killed ${afterMs} ms after its first picture; ${logOf('screen/player.db').length} rows in its log\n`);
}
const last = startPlayer(['--seconds', '4', '--report', join(dir, 'report.json')]);
const exitCode = await ended(last);
await served.close();
await hub.close();

const local = logOf('screen/player.db');
const central = logOf('hub/hub.db', 'log_row');
const plays = local.map((leaf) => leafSchema.parse(JSON.parse(leaf))).filter((leaf) => leaf.type === 'play');
const count = (reason: string): number => plays.filter(({ endReason }) => endReason === reason).length;
const hubPlays = new Database(join(dir, 'hub/hub.db'), { readonly: true }).prepare('SELECT play_id FROM play').pluck().all() as string[];
const lost = plays.filter(({ playId }) => !hubPlays.includes(playId)).length;
const doubled = hubPlays.length - new Set(hubPlays).size;
const equal = local.length === central.length && local.every((leaf, seq) => leaf === central[seq]);
process.stdout.write(`${ROUNDS} kills, ${plays.length} plays logged: ${count('ended')} ended, ${count('crash')} closed after a kill, ${count('stopped')} stopped\n`);
process.stdout.write(`hub: ${hubPlays.length} plays, ${lost} lost, ${doubled} doubled; its rows ${equal ? 'equal' : 'DIFFER FROM'} the log, leaf by leaf\n`);
const good = exitCode === 0 && equal && lost === 0 && doubled === 0 && count('crash') >= inPlay - 1 && plays.length === new Set(plays.map(({ playId }) => playId)).size;
await rm(dir, { recursive: true });
process.exit(good ? 0 : 1);

function startPlayer(more: readonly string[]): ChildProcess {
  const args = ['player', '--hub', served.url, '--code', code, '--name', 'Chaos', '--data', join(dir, 'screen'), '--shell', 'headless', '--stage-port', '18700', ...more];
  return spawn(process.execPath, [`${project}src/cli/main.ts`, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Waits until the hub hears that something is on the screen. */
async function playing(player: ChildProcess): Promise<void> {
  const cookie = { headers: { cookie: await consoleCookie() } };
  for (let tries = 0; tries < 300; tries += 1) {
    if (player.exitCode !== null) throw new Error(`the player ended by itself with ${player.exitCode}`);
    const { screens } = (await (await fetch(`${served.url}/api/screens`, cookie)).json()) as { screens: { status: { nowPlaying: unknown; bootId: string } | null }[] };
    const status = screens[0]?.status;
    if (status?.nowPlaying != null && status.bootId !== seenBoot) {
      seenBoot = status.bootId;
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nothing came on the screen within 30 s');
}

async function consoleCookie(): Promise<string> {
  const answer = await fetch(`${served.url}/?key=${hub.accessKey}`, { redirect: 'manual' });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

function ended(player: ChildProcess): Promise<number> {
  return new Promise((resolve) => (player.exitCode === null && player.signalCode === null ? player.once('close', (exit) => resolve(exit ?? 1)) : resolve(player.exitCode ?? 1)));
}

function logOf(file: string, table = 'leaf'): string[] {
  const database = new Database(join(dir, file), { readonly: true });
  try {
    return database.prepare(`SELECT leaf FROM ${table} ORDER BY seq`).pluck().all() as string[];
  } finally {
    database.close();
  }
}
