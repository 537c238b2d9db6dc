// Flips single random bits in a player's database, a hub's database and an export bundle. Each flip must be found, with its
// place, or must have changed nothing that is evidence: SQLite files hold bytes that mean nothing (free space, counters) and
// columns that are only the hub's word (names, times of receipt). Run it with `npm run flips -- [flips]`; prints the counts, and
// exits 1 if a flip changed evidence and was not found.
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { examineHub } from '../../src/hub/index.ts';
import { examineLog, logKey, openLog, originOf, parseVerifierKey, verifyBundle, type Pins, type VerifierKey } from '../../src/impressions/index.ts';
import { newFault, newPlay } from '../contract/builders.ts';
import { asManager, enrolScreen, openTestHub, START_MS, upload } from '../hub/kit.ts';
import { batch, play } from '../hub/leaves.ts';
import { SCREEN } from '../impressions/note/test-keys.ts';

const FLIPS = Number(process.argv[2] ?? 1_000);
const dir = mkdtempSync(join(tmpdir(), 'litfass-flips-'));

interface Subject {
  readonly name: string;
  readonly bytes: Buffer;
  /** What is wrong, each with its place. */
  readonly examine: (file: string) => readonly string[];
  /** All evidence, as text. */
  readonly evidence: (file: string) => string;
}

let missed = 0;
for (const subject of [playerDatabase(), ...(await hubDatabaseAndBundle())]) {
  const file = join(dir, `${subject.name.replaceAll(' ', '-')}.flipped`);
  writeFileSync(file, subject.bytes);
  if (subject.examine(file).length > 0) throw new Error(`${subject.name} is not good before any flip: ${subject.examine(file).join('; ')}`);
  const before = subject.evidence(file);
  const found = { named: 0, harmless: 0, missed: 0 };
  const examples = new Set<string>();
  for (let flip = 0; flip < FLIPS; flip += 1) {
    const bit = randomInt(subject.bytes.byteLength * 8);
    const flipped = Buffer.from(subject.bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    writeFileSync(file, flipped);
    const failures = subject.examine(file);
    if (failures.length > 0) {
      found.named += 1;
      if (examples.size < 3) examples.add((failures[0] ?? '').slice(0, 140));
    } else if (subject.evidence(file) === before) {
      found.harmless += 1;
    } else {
      found.missed += 1;
      process.stdout.write(`MISSED: bit ${bit} of ${subject.name}\n`);
    }
  }
  missed += found.missed;
  process.stdout.write(`${subject.name} (${subject.bytes.byteLength} bytes): ${FLIPS} flips, ${found.named} found and named, ${found.harmless} changed no evidence, ${found.missed} missed\n`);
  for (const example of examples) process.stdout.write(`  for example: ${example}\n`);
}
rmSync(dir, { recursive: true });
process.exit(missed === 0 ? 0 : 1);

function playerDatabase(): Subject {
  const file = join(dir, 'player.db');
  const log = openLog({ file });
  for (let number = 0; number < 300; number += 1) {
    if (number % 5 === 0) log.append(newFault({ message: randomUUID() }));
    const shown = newPlay({ playId: randomUUID() });
    log.startPlay(shown);
    log.finishPlay(shown);
  }
  log.signCheckpoint(log.size(), 'entrance', SCREEN);
  const key = logKey(originOf('entrance', log.epoch), SCREEN.publicKey);
  log.close();
  return {
    name: 'player database',
    bytes: checkpointed(file),
    examine: (path) => examineLog(path, [key]).failures,
    evidence: (path) => dump(path, ['SELECT seq, leaf, hex(hash) FROM leaf ORDER BY seq', 'SELECT * FROM open_play', "SELECT value FROM setting WHERE name IN ('signed', 'cosigned')"]),
  };
}

async function hubDatabaseAndBundle(): Promise<Subject[]> {
  const test = await openTestHub();
  const screen = await enrolScreen(test);
  await upload(test, screen, batch(0, Array.from({ length: 300 }, (_, number) => play(screen.id, number))));
  const logs = (await (await asManager(test, '/api/audit/logs')).json()) as { witnesses: { key: string }[]; logs: { logKey: string }[] };
  const zip = Buffer.from(await (await asManager(test, `/api/audit/bundle.zip?screen=${screen.id}&from=0&to=${START_MS * 2}`)).arrayBuffer());
  await test.hub.close();
  const witnesses: VerifierKey[] = [parseVerifierKey(logs.witnesses[0]!.key)];
  const pins: Pins = { keys: [parseVerifierKey(logs.logs[0]!.logKey)], witnesses };
  const bytes = checkpointed(join(test.dataDir, 'hub.db'));
  rmSync(test.dataDir, { recursive: true });
  return [
    {
      name: 'hub database',
      bytes,
      examine: (path) => examineHub(path, witnesses).failures,
      evidence: (path) => dump(path, ['SELECT screen_id, epoch, seq, leaf, hash FROM log_row ORDER BY screen_id, epoch, seq', 'SELECT * FROM log', 'SELECT screen_id, epoch, seq, play_id, creative_id, creative_name, campaign, kind, sha256, started_ms, duration_ms, planned_ms, presented_frames, end_reason, reason_kind, reason, leaf_hash FROM play ORDER BY id', 'SELECT * FROM plays_per_day', 'SELECT id, public_key FROM screen']),
    },
    { name: 'bundle', bytes: zip, examine: (path) => verifyBundle(readFileSync(path), pins).failures, evidence: (path) => readFileSync(path).toString('latin1') },
  ];
}

/** The file alone, without a journal beside it. */
function checkpointed(file: string): Buffer {
  const database = new Database(file);
  database.pragma('journal_mode = DELETE');
  database.close();
  return readFileSync(file);
}

function dump(file: string, queries: readonly string[]): string {
  const database = new Database(file, { readonly: true });
  try {
    return JSON.stringify(queries.map((query) => database.prepare(query).raw().all()));
  } finally {
    database.close();
  }
}
