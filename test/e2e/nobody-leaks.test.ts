import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leafSchema, tableMetricSchema, visionReportSchema, type VisionReport } from '../../src/contract/index.ts';
import type { Player } from '../../src/player/index.ts';
import { featuresIn, filesUnder, keysIn, pictureFilesIn, piecesOf, type Find } from './search-for-people.ts';
import { openStore, type Store } from './store-rig.ts';
import { wiretap, type Overheard } from './wiretap.ts';

/** Long enough for visits to be sensed, chosen by, counted, released and uploaded. */
const WATCHED_MS = 45_000;

/** Every word that may name a field on its way from the screen to the hub. A new one is a decision, made here. */
const UPLINK_KEYS = new Set([
  // The line itself: rows of the log, checkpoint, proof, pairing.
  'epoch', 'from', 'rows', 'seq', 'leaf', 'hash', 'checkpoint', 'proof', 'witnessed', 'code', 'name', 'publicKey',
  // The screen's state.
  'bootId', 'shell', 'version', 'sensor', 'programmeVersion', 'timeZone', 'machine', 'cpuPercent', 'memoryPercent', 'quality', 'slots', 'role', 'source', 'leader', 'driftPpm', 'temperatureC', 'uptimeS', 'framesPerSecond', 'backlog', 'nowPlaying', 'trouble', 'storage', 'syncMs', 'freeBytes', 'ext4Errors', 'message', 'atMs', 'creativeId', 'sha256', 'kind', 'startedMs', 'reason', 'tier', 'criteria', 'metric', 'condition', 'value', 'campaign', 'durationMs', 'plannedMs',
  // Leaves.
  'v', 'type', 'screenId', 'playId', 'wallMs', 'monoMs', 'clock', 'zoneOffsetMin', 'creative', 'zone', 'id', 'decision', 'decisionId', 'eligibleSha256', 'propensityPpm', 'seed', 'presentedFrames', 'droppedFrames', 'endReason', 'hubClock', 'offsetMs', 'panel', 'uncertaintyMs', 'jumpMs', 'programmeSha256', 'previousVersion', 'state',
  // Sums of people, with noise.
  'bucket', 'windowStartMs', 'windowMs', 'mechanism', 'epsilonNumerator', 'epsilonDenominator', 'coveragePercent', 'cells', 'values', 'unit', 'perVisit', 'basis',
]);

/** What else the screen remembers: checkpoints, and until when each table of sums was released. */
const KEPT_KEYS: ReadonlySet<string> = new Set(['size', 'note', 'timeMs', 'atMs', ...tableMetricSchema.options]);

/** Every file that a screen may have on its disk. */
const SCREEN_FILES = /^(player\.db(-wal|-shm)?|programme\.json|calibration\.json|demographics\.json|media\/[0-9a-f]{64}|sources\/[a-z0-9-]+\.json|keys\/screen\.key)$/;
/** Numbers and words about one picture with a few people: a crop of a face would not fit. */
const OBSERVATION_BYTES = 4_000;

describe('of people whom a screen has seen for a while', () => {
  const toHub: Overheard[] = [];
  const toPlayer: Overheard[] = [];
  let store: Store;
  let camera: Buffer;
  let screenFiles: ReadonlyMap<string, Buffer>;
  let hubFiles: ReadonlyMap<string, Buffer>;
  let browserFiles: readonly (readonly [string, Buffer])[];

  /** Keeps what the pages send to the player. */
  function listening(player: Player): Player {
    return {
      ...player,
      async fetch(request, as) {
        const body = request.method === 'POST' ? Buffer.from(await request.clone().arrayBuffer()) : Buffer.alloc(0);
        toPlayer.push({ what: `${request.method} ${new URL(request.url).pathname}`, body, headers: '' });
        return await player.fetch(request, as);
      },
    };
  }

  beforeAll(async () => {
    store = await openStore({ people: 3, ports: { hub: 18_380, stage: 18_390 }, line: (url) => wiretap(url, toHub), between: listening });
    camera = await readFile(join(store.cameraDir, 'faces.mjpeg'));
    await sleep(WATCHED_MS);
    // While everything is open: what is deleted at the end has been on the disk too.
    browserFiles = await filesOfBrowsers();
    screenFiles = await filesUnder(join(store.dir, 'screen'));
    hubFiles = await filesUnder(join(store.dir, 'hub'));
    await store.player.stop();
  }, 180_000);

  afterAll(() => store.close());

  it('there is something to hide: they were seen, judged by age and gender, chosen for and counted', async () => {
    const reports = visionReports();
    const faces = reports.flatMap(({ observations }) => observations.flatMap((each) => (each.kind === 'frame' ? each.faces : [])));
    expect(faces.length).toBeGreaterThan(50);
    expect(faces.some(({ demographics }) => demographics !== undefined)).toBe(true);
    const { plays, audience } = await store.player.report();
    expect(audience.maxPresent).toBeGreaterThanOrEqual(2);
    expect(plays.some(({ reason }) => reason.kind === 'audience')).toBe(true);
    expect(toHub.some(({ body }) => body.includes('release'))).toBe(true);
  });

  it('the search finds what it looks for', () => {
    expect(pictureFilesIn(camera, 'x')).not.toEqual([]);
    expect(pictureFilesIn(Buffer.from(JSON.stringify({ thumb: camera.toString('base64') })), 'x')).not.toEqual([]);
    expect(piecesOf(camera, Buffer.concat([Buffer.alloc(999), camera.subarray(2_000, 9_000)]), 'x')).not.toEqual([]);
    expect(featuresIn(JSON.stringify(Array.from({ length: 1024 }, (_, index) => Math.sin(index))), 'x')).not.toEqual([]);
    expect(featuresIn('{"trackId":7}', 'x')).not.toEqual([]);
  });

  it('the vision page tells its player numbers that fit the schema, and nothing that a picture or a template fits into', () => {
    const finds = toPlayer.flatMap(({ what, body }) => [...pictureFilesIn(body, what), ...piecesOf(camera, body, what), ...featuresIn(body.toString(), what)]);
    expect(finds).toEqual([]);
    for (const { body } of toPlayer.filter(({ what }) => what.endsWith('/observations'))) {
      const report = visionReportSchema.parse(JSON.parse(body.toString()));
      expect(body.length).toBeLessThan(500 + OBSERVATION_BYTES * report.observations.length);
    }
  });

  it('the hub is told nothing but plays, states and noised sums, word by word', () => {
    const finds = toHub.flatMap(({ what, body, headers }) => [...pictureFilesIn(body, what), ...piecesOf(camera, body, what), ...featuresIn(withoutTables(body), what), ...featuresIn(headers, what)]);
    expect(finds).toEqual([]);
    const unknown = toHub.flatMap(({ what, body }) => [...keysToHub(body)].filter((key) => !UPLINK_KEYS.has(key)).map((key) => `${what}: ${key}`));
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('the screen’s disk holds its log, its programme and its media, and no file besides', () => {
    expect([...screenFiles.keys()].filter((file) => !SCREEN_FILES.test(file))).toEqual([]);
    const finds = [...screenFiles].filter(([file]) => !file.startsWith('media/')).flatMap(([file, bytes]) => searched(file, bytes));
    expect(finds).toEqual([]);
    const media = [...screenFiles].filter(([file]) => file.startsWith('media/')).flatMap(([file, bytes]) => piecesOf(camera, bytes, file));
    expect(media).toEqual([]);
  });

  it('the screen’s log holds leaves alone, each as its schema says', async () => {
    // The player keeps its database to itself, so a copy is read.
    const copy = join(store.cameraDir, 'copy');
    await mkdir(copy);
    for (const [file, bytes] of screenFiles) if (/^player\.db(-wal)?$/.test(file)) await writeFile(join(copy, file), bytes);
    const db = new Database(join(copy, 'player.db'));
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").pluck().all() as string[];
    const unknown: string[] = [];
    for (const table of tables) {
      for (const row of db.prepare(`SELECT * FROM "${table}"`).iterate() as IterableIterator<Record<string, unknown>>) {
        for (const value of Object.values(row)) {
          if (typeof value !== 'string' || !value.startsWith('{')) continue;
          const json: unknown = JSON.parse(value);
          if (typeof json === 'object' && json !== null && 'screenId' in json) leafSchema.parse(json);
          unknown.push(...[...keysIn(json)].filter((key) => !UPLINK_KEYS.has(key) && !KEPT_KEYS.has(key)));
        }
      }
    }
    db.close();
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('the hub’s disk holds no face either', () => {
    const finds = [...hubFiles].flatMap(([file, bytes]) => (file.includes('media/') ? piecesOf(camera, bytes, file) : searched(file, bytes)));
    expect(finds).toEqual([]);
  });

  it('the browsers’ own folders hold nothing of what their camera showed', () => {
    expect(browserFiles.length).toBeGreaterThan(10);
    expect(browserFiles.flatMap(([file, bytes]) => piecesOf(camera, bytes, file))).toEqual([]);
  });

  it('what is said to people names nobody', () => {
    const text = store.said.join('\n');
    expect([...pictureFilesIn(Buffer.from(text), 'the log'), ...featuresIn(text, 'the log')]).toEqual([]);
  });

  function visionReports(): VisionReport[] {
    return toPlayer.filter(({ what }) => what.endsWith('/observations')).map(({ body }) => visionReportSchema.parse(JSON.parse(body.toString())));
  }

  function searched(file: string, bytes: Buffer): Find[] {
    // A database's pages begin anywhere; as text they are searched for keys and rows of numbers all the same.
    return [...pictureFilesIn(bytes, file), ...piecesOf(camera, bytes, file), ...featuresIn(withoutTables(bytes), file)];
  }
});

/** Rows of numbers are what a table of noised sums is; every other one is a find. */
function withoutTables(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll(/\\?"values\\?":\[[-\d,]*\]/g, '');
}

/** Keys of a request's body and of the leaves in it, which travel as text. */
function keysToHub(body: Buffer): Set<string> {
  if (body.length === 0) return new Set();
  const json = JSON.parse(body.toString()) as { rows?: { leaf: string }[] };
  const keys = keysIn(json);
  for (const { leaf } of json.rows ?? []) keysIn(JSON.parse(leaf), keys);
  return keys;
}

/** The profile folders of the browsers that this process opened. */
async function filesOfBrowsers(): Promise<(readonly [string, Buffer])[]> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(`litfass-browser-${process.pid}-`));
  return (await Promise.all(names.map(async (name) => [...(await filesUnder(join(tmpdir(), name)))].map(([file, bytes]) => [`${name}/${file}`, bytes] as const)))).flat();
}
