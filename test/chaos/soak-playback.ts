// Thousands of plays in a time of their own: the real conductor and the real log on a real disk, with a stage at the wall that
// keeps its promises and sometimes breaks them. Counts every play, and looks whether memory, timers or handles grow. Run it with
// `npm run soak:playback`; prints a table, exits 1 when something is lost or grows.
import { createHash } from 'node:crypto';
import { mock } from 'node:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leafSchema, type Fault, type Play } from '../../src/contract/index.ts';
import { openLog } from '../../src/impressions/index.ts';
import { Conductor } from '../../src/playback/index.ts';
import { FakeStage } from '../playback/fake-stage.ts';
import { creative, people, playlist, programme } from '../programme-fixture.ts';
import { growthOf } from './growth.ts';

const PLAYS = Number(process.argv[2] ?? 2_000);
/** Caches fill and code is compiled before that. */
const WARM_UP = Math.floor(PLAYS / 4);
const SAMPLE_EVERY = Math.floor(PLAYS / 20);
const TICK_MS = 20;
const LARGEST_GROWTH = 0.02;

interface Sample {
  readonly plays: number;
  readonly heapBytes: number;
  readonly timers: number;
  readonly handles: number;
}

const collect = globalThis.gc;
if (collect === undefined) throw new Error('start with --expose-gc: memory is compared after the garbage was collected');

const nextTurnOfLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_760_000_000_000 });
const liveTimers = countTimers();

const dir = await mkdtemp(join(tmpdir(), 'litfass-soak-'));
const log = openLog({ file: join(dir, 'player.db') });
const stage = new FakeStage();
Object.assign(stage.behaviour, { broken: 'broken', late: 'never-ready', dark: 'no-first-frame', stuck: 'freezes' });
let started = 0;
let finished = 0;
let faults = 0;
let state = 1;
const startMs = Date.now();
const conductor = new Conductor({
  clock: () => ({ wallMs: Date.now(), monoMs: Date.now() - startMs, quality: 'synced' }),
  // Park and Miller's generator: the same run each time.
  random: () => (state = (state * 48_271) % 0x7fff_ffff) / 0x7fff_ffff,
  timeZone: 'Europe/Berlin',
  screenId: 'soak',
  bootId: '01890a5d-ac96-774b-bcce-b302099a8057',
  stage,
  media: { verify: () => Promise.resolve(), doubt: () => undefined },
  journal: {
    started(play: Play) {
      started += 1;
      log.startPlay(play);
    },
    progressed: (at) => log.touchPlay(at),
    finished(play: Play) {
      finished += 1;
      log.finishPlay(play);
    },
    fault(fault: Fault) {
      faults += 1;
      log.append(fault);
    },
  },
  onStageSilent: () => undefined,
});
stage.hear = (events) => conductor.stageEvents(events);

conductor.setProgramme(soakProgramme(1));
const samples: Sample[] = [];
for (let tick = 0, nextSample = WARM_UP; finished < PLAYS; tick += 1) {
  mock.timers.tick(TICK_MS);
  await nextTurnOfLoop();
  if (tick % 5 === 0) conductor.setAudience(people(Math.floor(tick / 2_000) % 3, Date.now() - startMs));
  if (tick % 50_000 === 49_999) conductor.setProgramme(soakProgramme(2 + Math.floor(tick / 50_000)));
  if (finished >= nextSample) {
    stage.commands.length = 0;
    samples.push(sample());
    nextSample += SAMPLE_EVERY;
  }
}
conductor.stop();

const leaves = log.rows(0, log.size()).map(({ leaf }) => leafSchema.parse(JSON.parse(leaf)));
const logged = leaves.flatMap((leaf) => (leaf.type === 'play' ? [leaf.playId] : []));
const growth = growthOf(samples.map(({ heapBytes }) => heapBytes));
const [first, last] = [samples[0], samples.at(-1)];
const hours = (Date.now() - startMs) / 3_600_000;
mock.timers.reset();
log.close();
await rm(dir, { recursive: true });

for (const { plays, heapBytes, timers, handles } of samples) console.log(`${String(plays).padStart(8)} plays ${(heapBytes / 1e6).toFixed(2).padStart(8)} MB ${String(timers).padStart(5)} timers ${String(handles).padStart(5)} handles`);
const rows: readonly (readonly [string, string, boolean])[] = [
  ['time on the screen', `${hours.toFixed(1)} h`, true],
  ['plays started, in the log, each once', `${String(started)}, ${String(logged.length)}, ${String(new Set(logged).size)}`, logged.length === started && new Set(logged).size === started],
  ['faults said', String(faults), faults > 0 && faults <= 8],
  ['growth of the heap, by its slope', `${(100 * growth).toFixed(2)} %`, growth < LARGEST_GROWTH],
  ['timers, first and last sample', `${String(first?.timers)}, ${String(last?.timers)}`, (last?.timers ?? 0) <= (first?.timers ?? 0) + 4],
  ['handles, first and last sample', `${String(first?.handles)}, ${String(last?.handles)}`, (last?.handles ?? 0) <= (first?.handles ?? 0)],
];
console.log();
for (const [what, value, isGood] of rows) console.log(`${isGood ? 'ok  ' : 'BAD '} ${what.padEnd(40)} ${value}`);
process.exitCode = rows.every(([, , isGood]) => isGood) ? 0 : 1;

function soakProgramme(version: number) {
  const ids = ['a', 'b', 'c', 'd'];
  const creatives = [
    ...ids.map((id) => creative(id, { durationMs: 4_000 })),
    ...['broken', 'late', 'dark', 'stuck'].map((id) => creative(id, { durationMs: 4_000, sha256: createHash('sha256').update(id).digest('hex') })),
    creative('night', { durationMs: 4_000, weight: 5, schedule: [{ dayparts: [{ from: '22:00', to: '06:00' }] }] }),
    creative('pair', { durationMs: 4_000, tier: 'audience', criteria: [{ metric: 'present', condition: 'at-least', value: 2 }] }),
    creative('side', { durationMs: 3_000, zone: 'side' }),
    creative('notice', { durationMs: 3_000, atLeastEveryMs: 45_000 }),
  ];
  const zones = [
    { id: 'main', column: 1, row: 1, columnSpan: 3, rowSpan: 1 },
    { id: 'side', column: 4, row: 1, columnSpan: 1, rowSpan: 1 },
  ];
  const layouts = [{ id: 'divided', columns: 4, rows: 1, zones, schedule: [{ dayparts: [{ from: '08:00', to: '20:00' }] }] }];
  return programme(creatives, { version, layouts, playlists: [playlist('list-x', ids, { order: 'shuffled', weight: 4 })] });
}

function sample(): Sample {
  collect?.();
  return { plays: finished, heapBytes: process.memoryUsage().heapUsed, timers: liveTimers(), handles: process.getActiveResourcesInfo().length };
}

/** Counts the timers that were set and neither came nor were cleared. */
function countTimers(): () => number {
  const live = new Set<unknown>();
  const [set, clear] = [globalThis.setTimeout, globalThis.clearTimeout];
  globalThis.setTimeout = ((work: () => void, ms: number) => {
    const timer: unknown = set(() => {
      live.delete(timer);
      work();
    }, ms);
    live.add(timer);
    return timer;
  }) as typeof setTimeout;
  globalThis.clearTimeout = ((timer: NodeJS.Timeout) => {
    live.delete(timer);
    clear(timer);
  }) as typeof clearTimeout;
  return () => live.size;
}
