// A hub that was away for months: builds the log of so many days at a play each ten seconds, sixteen hours a day, then lets the
// hub come back. Oldest rows first, all of them once; meanwhile the screen plays on and its status must get through.
// `npm run bench:backlog -- [days]`; exits 1 when a row is missing or doubled, or when a status waited for longer than 2 s.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Clock, StatusReport } from '../../src/contract/index.ts';
import { openLog, type ImpressionLog } from '../../src/impressions/index.ts';
import { createHubClient, enrol, loadScreenKey, startUplink } from '../../src/sync/index.ts';
import { BOOT_ID, newPlay } from '../contract/builders.ts';

const PLAYS_A_DAY = 5_760;
const DAY_MS = 86_400_000;
const LONGEST_STATUS_MS = 2_000;

const days = Number(process.argv[2] ?? 90);
const dir = await mkdtemp(join(tmpdir(), 'litfass-backlog-'));
const clock: Clock = () => ({ wallMs: Date.now(), monoMs: performance.now(), quality: 'synced' });

const hubProcess = spawn(process.execPath, [fileURLToPath(new URL('../chaos/proof-hub.ts', import.meta.url)), join(dir, 'hub')], { stdio: ['ignore', 'pipe', 'inherit'] });
const [, port = '', code = ''] = await new Promise<string[]>((resolve) => createInterface(hubProcess.stdout).on('line', (line) => line.startsWith('listening') && resolve(line.split(' '))));
const hubUrl = `http://127.0.0.1:${port}`;
const log = openLog({ file: join(dir, 'player.db'), groupCommit: { everyMs: 60_000, onTrouble: (trouble) => trouble && console.error(trouble.message) } });
const key = await loadScreenKey(dir);
const { screenId } = await enrol({ log, hubUrl, code, name: 'Backlog', key, clock, random: Math.random, signal: AbortSignal.timeout(10_000), onTrouble: (trouble) => trouble && console.error(trouble.message) });
const hub = createHubClient({ hubUrl, clock, identity: { screenId, key } });

const built = performance.now();
const firstMs = Date.now() - days * DAY_MS;
for (let number = 0; number < days * PLAYS_A_DAY; number += 1) logPlay(log, Math.round(firstMs + (number / PLAYS_A_DAY) * DAY_MS));
log.commit();
const backlog = log.size();
console.log(`${String(days)} days without a hub: ${backlog.toLocaleString('en')} plays, written in ${seconds(built)} s`);

const statusMs: number[] = [];
const playing = setInterval(() => {
  logPlay(log, Date.now());
  log.commit();
}, 1_000);
let reporting: Promise<void> = Promise.resolve();
const status = setInterval(() => {
  reporting = reporting.then(report);
}, 500);
const began = performance.now();
const uplink = startUplink({ log, hub, random: Math.random, onTrouble: (trouble) => trouble && console.error(trouble.message) });
while (log.acknowledged() < backlog) await new Promise((resolve) => setTimeout(resolve, 100));
const drainedS = Number(seconds(began));
clearInterval(playing);
clearInterval(status);
await reporting;
const all = await uplink.flush(60_000);
await uplink.close();
const size = log.size();
log.close();
hubProcess.kill('SIGKILL');
await new Promise((resolve) => hubProcess.once('close', resolve));

const stored = new Database(join(dir, 'hub', 'hub.db'), { readonly: true });
const { rows, first, last, plays, disorder } = stored
  .prepare('SELECT (SELECT count(*) FROM log_row) AS rows, (SELECT min(seq) FROM log_row) AS first, (SELECT max(seq) FROM log_row) AS last, (SELECT count(*) FROM play) AS plays, (SELECT count(*) FROM (SELECT received_ms, lag(received_ms) OVER (ORDER BY seq) AS before FROM log_row) WHERE received_ms < before) AS disorder')
  .get() as Record<string, number>;
stored.close();
const slowest = Math.max(...statusMs);
const good = all && rows === size && first === 0 && last === size - 1 && plays === size && disorder === 0 && slowest <= LONGEST_STATUS_MS;
console.log(`sent in ${drainedS.toFixed(1)} s, ${Math.round(backlog / drainedS).toLocaleString('en')} rows/s, oldest first (${String(disorder)} out of order); ${String(size - backlog)} plays were finished meanwhile`);
console.log(`hub: ${String(rows)} rows and ${String(plays)} plays of ${String(size)}; ${String(statusMs.length)} status reports meanwhile, median ${median(statusMs).toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms (at most ${String(LONGEST_STATUS_MS)}); load average ${loadavg().map((value) => value.toFixed(2)).join(' ')}`);
await rm(dir, { recursive: true });
process.exit(good ? 0 : 1);

function logPlay(into: ImpressionLog, wallMs: number): void {
  const play = newPlay({ screenId, playId: randomUUID(), wallMs });
  into.startPlay(play);
  into.finishPlay(play);
}

async function report(): Promise<void> {
  const now: StatusReport = { bootId: BOOT_ID, shell: 'headless', version: '0.1.0', sensor: 'off', programmeVersion: 1, backlog: log.size() - log.acknowledged(), nowPlaying: null, trouble: '' };
  const asked = performance.now();
  await hub.report(now, AbortSignal.timeout(30_000));
  statusMs.push(performance.now() - asked);
}

function seconds(sinceMs: number): string {
  return ((performance.now() - sinceMs) / 1_000).toFixed(1);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
