// The wired side of one screen, in a process of its own, for proof-chaos.ts to kill: logs plays as fast as a short pause lets it
// and sends them. Arguments: data folder, address of the hub, pairing code.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { LitfassError, type Clock } from '../../src/contract/index.ts';
import { openDatabase } from '../../src/impressions/database.ts';
import { createLog } from '../../src/impressions/log.ts';
import { createHubClient, enrol, loadScreenKey, startUplink } from '../../src/sync/index.ts';
import { newFault, newPlay } from '../contract/builders.ts';

const [dir = '', hubUrl = '', code = '', mode = 'play'] = process.argv.slice(2);
const clock: Clock = () => ({ wallMs: Date.now(), monoMs: performance.now(), quality: 'synced' });
const QUICK = { baseMs: 10, capMs: 100 };
const file = join(dir, 'player.db');
const database: Database.Database = openDatabase(file);
const log = createLog(database, file);
const key = await loadScreenKey(dir);
const { screenId } = await enrol({ log, hubUrl, code, name: 'Chaos', key, clock, random: Math.random, signal: new AbortController().signal, onTrouble: () => undefined, backOff: QUICK });
const hub = createHubClient({ hubUrl, clock, identity: { screenId, key } });
const uplink = startUplink({
  log,
  hub,
  random: Math.random,
  onTrouble: (trouble) => {
    if (trouble !== null && trouble.code !== 'hub-offline') process.stdout.write(`trouble ${trouble.code} ${trouble.message}\n`);
  },
  backOff: QUICK,
  spreadMs: 0,
});
process.stdout.write('ready\n');

if (mode === 'drain') {
  const drained = await uplink.flush(60_000);
  await uplink.close();
  log.close();
  process.exit(drained ? 0 : 1);
}
let full = false;
for (;;) {
  // Now and then the disk is full for a while: SQLite itself refuses at its page limit.
  if (Math.random() < 0.01) {
    full = !full;
    database.pragma(`max_page_count = ${full ? String(database.pragma('page_count', { simple: true })) : '1000000'}`);
  }
  try {
    const play = newPlay({ screenId, playId: randomUUID() });
    log.startPlay(play);
    log.finishPlay(play);
    if (Math.random() < 0.2) log.append(newFault({ screenId, message: randomUUID() }));
  } catch (error) {
    if (!(error instanceof LitfassError)) throw error;
  }
  await sleep(Math.random() * 6);
}
