// What the proof costs, against the same work without it, in one run. Blocks of both are interleaved and repeated; a ratio is the
// median over neighbouring pairs, because other work on a machine slows whole stretches of a run. Absolute rates are those of this
// machine and its disk; only the ratios mean something. `npm run bench:proof`; exits 1 when a ratio is missed.
import { createHash, generateKeyPairSync, hash, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { canonicalJson, signedRequestText, type EnrolResponse, type Play, type UploadRequest } from '../../src/contract/index.ts';
import { openHub, serveHub } from '../../src/hub/index.ts';
import { rootOfRows } from '../../src/impressions/bundle/index.ts';
import { consistencyPath, formatCheckpoint, growTree, hashesOf, leafHash, openLog, originOf, signNote, verifyNote, parseNote, logKey, type ReadTile } from '../../src/impressions/index.ts';
import { newFault, newPlay } from '../contract/builders.ts';
import { play } from '../hub/leaves.ts';

const dir = mkdtempSync(join(tmpdir(), 'litfass-bench-'));
const only = process.argv[2];
const missed: string[] = [];
if (only === undefined || only === 'appends') await appends();
if (only === undefined || only === 'ingest') await ingest();
if (only === undefined || only === 'verification') await verification();
rmSync(dir, { recursive: true });
process.exit(missed.length === 0 ? 0 : 1);

/**
 * One row a commit, every commit synced. Both logs are written to until their WAL has been used up once: while that file grows,
 * each sync also writes the file system's own records and takes up to three times as long, and a player runs for months.
 */
async function appends(): Promise<void> {
  const ROWS = 100;
  const WARM_UP = 30;
  const bare = new Database(join(dir, 'bare.db'));
  bare.pragma('journal_mode = WAL');
  bare.exec('CREATE TABLE leaf (seq INTEGER PRIMARY KEY, leaf TEXT NOT NULL) STRICT');
  bare.pragma('synchronous = FULL');
  const insert = bare.prepare('INSERT INTO leaf (leaf) VALUES (?)');
  insert.run('first');
  if (bare.pragma('synchronous', { simple: true }) !== 2) throw new Error('the comparison is not durable');
  const log = openLog({ file: join(dir, 'player.db') });
  const leaves = Array.from({ length: ROWS }, (_, number) => newFault({ message: `${number}`.padStart(600, 'x') }));
  const texts = leaves.map((leaf) => canonicalJson(leaf));
  await compare('appends, one commit each at FULL', 'bare better-sqlite3 inserts', { warmUp: WARM_UP, repeats: 41, items: ROWS, wanted: 0.8 }, () => leaves.forEach((leaf) => log.append(leaf)), () => texts.forEach((text) => insert.run(text)));
  log.close();
  bare.close();
}

/** Batches of 500 plays: over HTTP with signature, checkpoint and proof; and bare, as rows, plays and daily sums. */
async function ingest(): Promise<void> {
  const ROWS = 500;
  const WARM_UP = 4;
  const BLOCKS = 21;
  await (await openHub({ dataDir: join(dir, 'schema'), clock: Date.now, pagesDir: dir, notice: () => undefined })).close();
  const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: dir, notice: () => undefined });
  const served = await serveHub(hub, { host: '127.0.0.1', port: 0 });
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(12);
  const { code } = await hub.createPairingCode();
  const enrolled = (await (await fetch(`${served.url}/v1/enrol`, { method: 'POST', body: JSON.stringify({ code, name: 'Bench', publicKey: raw.toString('base64') }) })).json()) as EnrolResponse;
  const { screenId } = enrolled;
  const epoch = '018f4d2e-0000-7000-8000-000000000001';
  const leaves = Array.from({ length: ROWS * (WARM_UP + BLOCKS) }, (_, number) => canonicalJson(play(screenId, number)));
  const requests = uploads(screenId, epoch, leaves, ROWS, { publicKey: raw, sign: (message) => sign(null, message, privateKey) });
  const path = `/v1/screens/${screenId}/impressions`;
  const bodies = requests.map((request) => {
    const body = JSON.stringify(request);
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    const timeMs = Date.now();
    const signature = sign(null, Buffer.from(signedRequestText({ method: 'POST', pathAndQuery: path, timeMs, bodySha256 })), privateKey).toString('base64');
    return { body, authorization: `Litfass screen="${screenId}", time="${timeMs}", body="${bodySha256}", signature="${signature}"` };
  });
  const bare = bareHub(screenId, epoch);
  let sent = 0;
  let inserted = 0;
  const overHttp = async (): Promise<void> => {
    const { body, authorization } = bodies[sent++]!;
    const response = await fetch(served.url + path, { method: 'POST', body, headers: { authorization } });
    if (response.status !== 200) throw new Error(await response.text());
    await response.arrayBuffer();
  };
  const asRows = (): void => bare.insert(leaves.slice(inserted * ROWS, (inserted += 1) * ROWS), (inserted - 1) * ROWS);
  await compare('hub ingest over HTTP, 500 rows a batch', 'bare SQLite roll-up inserts', { warmUp: WARM_UP, repeats: BLOCKS, items: ROWS, wanted: 0.4 }, overHttp, asRows);
  if ((await hub.countPlays(screenId)) !== leaves.length) throw new Error('the hub does not have every play');
  await served.close();
  await hub.close();
  bare.close();
}

function uploads(screenId: string, epoch: string, leaves: readonly string[], rows: number, signer: { publicKey: Buffer; sign: (message: Uint8Array) => Buffer }): UploadRequest[] {
  const levels: Buffer[][] = [];
  const tree = growTree();
  const readTile: ReadTile = ({ level, index, width }) => (levels[level] ?? []).slice(index * 256, index * 256 + width);
  const origin = originOf(screenId, epoch);
  const requests: UploadRequest[] = [];
  for (let from = 0; from < leaves.length; from += rows) {
    const batch = leaves.slice(from, from + rows).map((leaf, place) => ({ seq: from + place, leaf, hash: leafHash(leaf).toString('hex') }));
    for (const row of batch) {
      tree.append(Buffer.from(row.hash, 'hex'), 0, (subtree) => {
        if (subtree.level % 8 === 0) (levels[subtree.level / 8] ??= []).push(subtree.hash);
      });
    }
    const proof = from === 0 ? [] : hashesOf(consistencyPath(from, from + rows), readTile).map((each) => each.toString('base64'));
    requests.push({ epoch, from, rows: batch, checkpoint: signNote(formatCheckpoint({ origin, size: from + rows, root: tree.root() }), origin, signer), proof });
  }
  return requests;
}

/** The same rows into the same tables with the same indexes, by prepared statements, with nothing in front of them. */
function bareHub(screenId: string, epoch: string) {
  const db = new Database(join(dir, 'bare-hub.db'));
  db.pragma('journal_mode = WAL');
  const ofTheHub = new Database(join(dir, 'schema', 'hub.db'), { readonly: true });
  for (const text of ofTheHub.prepare("SELECT sql FROM sqlite_schema WHERE tbl_name IN ('log_row', 'play', 'plays_per_day') AND sql IS NOT NULL").pluck().all() as string[]) db.exec(text);
  ofTheHub.close();
  db.pragma('synchronous = FULL');
  const row = db.prepare('INSERT INTO log_row (screen_id, epoch, seq, leaf, hash, received_ms) VALUES (?, ?, ?, ?, ?, ?)');
  const shown = db.prepare('INSERT OR IGNORE INTO play (screen_id, epoch, seq, play_id, creative_id, creative_name, campaign, kind, sha256, started_ms, duration_ms, planned_ms, presented_frames, end_reason, reason_kind, reason, received_ms, leaf_hash, search_text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const sum = db.prepare('INSERT INTO plays_per_day (screen_id, local_day, plays) VALUES (?, ?, 1) ON CONFLICT (screen_id, local_day) DO UPDATE SET plays = plays + 1');
  const insert = db.transaction((leaves: readonly string[], from: number) => {
    const now = Date.now();
    leaves.forEach((leaf, place) => {
      const { creative, decision, ...shownPlay } = JSON.parse(leaf) as Play;
      const leafHashText = leafHash(leaf).toString('hex');
      row.run(screenId, epoch, from + place, leaf, leafHashText, now);
      const added = shown.run(screenId, epoch, from + place, shownPlay.playId, creative.id, creative.name, creative.campaign, creative.kind, creative.sha256, shownPlay.wallMs, shownPlay.durationMs, shownPlay.plannedMs, shownPlay.presentedFrames, shownPlay.endReason, decision.reason.kind, JSON.stringify(decision.reason), now, leafHashText, `${creative.name} ${creative.campaign}`.toLowerCase());
      if (added.changes === 1) sum.run(screenId, Math.floor(shownPlay.wallMs / 86_400_000));
    });
  });
  return { insert, close: () => db.close() };
}

/** A million rows under one checkpoint, as a bundle has them, against hashing the same bytes once. */
async function verification(): Promise<void> {
  const LEAVES = 1_000_000;
  // A thousand different texts, again and again: a million would measure the garbage collector. Each is hashed every time.
  const different = Array.from({ length: 1_000 }, () => canonicalJson(newPlay()));
  const texts = Array.from({ length: LEAVES }, (_, seq) => different[seq % different.length] as string);
  const tree = growTree();
  for (const text of texts) tree.append(leafHash(text));
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = logKey('bench', publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
  const note = signNote(formatCheckpoint({ origin: 'bench', size: LEAVES, root: tree.root() }), 'bench', { publicKey: key.publicKey, sign: (message) => sign(null, message, privateKey) });
  const verify = (): void => {
    verifyNote(parseNote(note), [key]);
    if (rootOfRows({ from: 0, to: LEAVES, left: [], right: [] }, LEAVES, texts.values().map(leafHash))?.equals(tree.root()) !== true) throw new Error('not verified');
  };
  const bare = (): void => texts.forEach((text) => hash('sha256', text, 'buffer'));
  await compare('verification of 1 000 000 leaves', 'bare SHA-256 of the same bytes', { warmUp: 1, repeats: 3, items: LEAVES, wanted: 0.5 }, verify, bare);
}

interface Comparison {
  /** Blocks of each that are not counted. */
  readonly warmUp: number;
  readonly repeats: number;
  /** In a block. */
  readonly items: number;
  readonly wanted: number;
}

async function compare(name: string, other: string, { warmUp, repeats, items, wanted }: Comparison, ours: () => void | Promise<void>, bare: () => void): Promise<void> {
  const times: [number, number][] = [];
  for (let repeat = -warmUp; repeat < repeats; repeat += 1) {
    const pair: [number, number] = [await timed(ours), await timed(bare)];
    if (repeat >= 0) times.push(pair);
  }
  const rate = (block: readonly number[]): string => Math.round((items * 1_000) / median(block)).toLocaleString('en');
  const ratio = median(times.map(([a, b]) => b / a));
  const good = ratio >= wanted;
  if (!good) missed.push(name);
  const load = loadavg().map((value) => value.toFixed(2)).join(' ');
  console.log(`${name}: ${rate(times.map(([a]) => a))}/s, ${other}: ${rate(times.map(([, b]) => b))}/s, ratio ${ratio.toFixed(2)} (wanted: ${wanted}${good ? '' : ', MISSED'}); load average ${load}`);
}

async function timed(run: () => void | Promise<void>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
