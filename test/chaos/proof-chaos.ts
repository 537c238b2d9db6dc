// Log, uplink and hub under fire: SIGKILL of either side at random moments, lost answers, doubled requests, a cut line, a full
// disk. Afterwards the hub's rows must equal the log leaf by leaf, every play must count once, and no fork must ever have been
// seen: none was made. Run it with `npm run chaos:proof -- [rounds]`; prints the counts, exits 1 on any difference.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { leafSchema } from '../../src/contract/index.ts';
import { EMPTY_ROOT, growTree, parseCheckpoint, parseNote } from '../../src/impressions/index.ts';
import { openBadLine } from './bad-line.ts';

const ROUNDS = Number(process.argv[2] ?? 200);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const dir = await mkdtemp(join(tmpdir(), 'litfass-proof-chaos-'));
const said: string[] = [];

let hubPort = 0;
let hub = await startHub();
const line = await openBadLine(() => hubPort);
const code = hub.code;
let screen = await startScreen('play');
const counts = { screenKills: 0, hubKills: 0, cuts: 0 };

for (let round = 1; round <= ROUNDS; round += 1) {
  await sleep(20 + Math.random() * 120);
  const what = Math.random();
  if (what < 0.45) {
    await kill(screen);
    counts.screenKills += 1;
    screen = await startScreen('play');
  } else if (what < 0.75) {
    await kill(hub.process);
    counts.hubKills += 1;
    hub = await startHub();
  } else {
    line.cut = true;
    counts.cuts += 1;
    await sleep(Math.random() * 300);
    line.cut = false;
  }
}
await kill(screen);
const last = await startScreen('drain');
const drained = await new Promise((resolve) => last.once('close', resolve));
await kill(hub.process);
line.close();

const local = rowsOf('screen/player.db', 'leaf');
const central = rowsOf('hub/hub.db', 'log_row');
const plays = local.map((leaf) => leafSchema.parse(JSON.parse(leaf))).filter((leaf) => leaf.type === 'play');
const hubDb = new Database(join(dir, 'hub/hub.db'), { readonly: true });
const hubPlays = hubDb.prepare('SELECT play_id FROM play').pluck().all() as string[];
const rolledUp = hubDb.prepare('SELECT sum(plays) FROM plays_per_day').pluck().get() as number;
const alarms = hubDb.prepare('SELECT code, message FROM alarm').all();
const checkpoint = hubDb.prepare('SELECT checkpoint FROM log').pluck().get() as string;
const hashes = hubDb.prepare('SELECT hash FROM log_row ORDER BY seq').pluck().all() as string[];
hubDb.close();
const tree = growTree();
for (const hash of hashes) tree.append(Buffer.from(hash, 'hex'));
const { size, root } = parseCheckpoint(parseNote(checkpoint).text);

const equal = local.length === central.length && local.every((leaf, seq) => leaf === central[seq]);
const lost = plays.filter(({ playId }) => !hubPlays.includes(playId)).length;
const witnessed = size === local.length && root.equals(tree.size() === 0 ? EMPTY_ROOT : tree.root());
process.stdout.write(`${ROUNDS} rounds: ${counts.screenKills} kills of the screen, ${counts.hubKills} of the hub, ${counts.cuts} cut lines; ${line.mishaps.lostAnswers} answers lost, ${line.mishaps.doubled} requests doubled, ${line.mishaps.refused} refused\n`);
process.stdout.write(`log: ${local.length} rows, ${plays.length} plays, ${plays.filter(({ endReason }) => endReason === 'crash').length} closed after a kill\n`);
process.stdout.write(`hub: ${central.length} rows, ${equal ? 'equal' : 'DIFFERENT FROM'} the log leaf by leaf; ${hubPlays.length} plays, ${lost} lost, ${hubPlays.length - new Set(hubPlays).size} doubled, ${rolledUp} in the roll-up; checkpoint ${witnessed ? 'covers all of them' : 'DOES NOT FIT'}; ${alarms.length} alarms\n`);
for (const text of new Set(said)) process.stdout.write(`said: ${text}\n`);
const good = drained === 0 && equal && lost === 0 && witnessed && alarms.length === 0 && hubPlays.length === plays.length && rolledUp === plays.length;
await rm(dir, { recursive: true });
process.exit(good ? 0 : 1);

async function startHub(): Promise<{ process: ChildProcess; code: string }> {
  const child = spawn(process.execPath, [here('./proof-hub.ts'), join(dir, 'hub'), String(hubPort)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [, port = '0', pairing = ''] = (await spoken(child, 'listening')).split(' ');
  hubPort = Number(port);
  return { process: child, code: pairing };
}

async function startScreen(mode: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [here('./proof-screen.ts'), join(dir, 'screen'), `http://127.0.0.1:${line.port}`, code, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  await spoken(child, 'ready');
  return child;
}

/** Waits for the line that begins with a word; keeps what else is said. */
function spoken(child: ChildProcess, word: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let rest = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const text of lines) {
        if (text.startsWith(word)) resolve(text);
        else said.push(text.slice(0, 300));
      }
    });
    child.once('close', (exit) => reject(new Error(`a process ended by itself with ${String(exit)}`)));
  });
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('close', resolve));
}

function rowsOf(file: string, table: string): string[] {
  const database = new Database(join(dir, file), { readonly: true });
  try {
    return database.prepare(`SELECT leaf FROM ${table} ORDER BY seq`).pluck().all() as string[];
  } finally {
    database.close();
  }
}
