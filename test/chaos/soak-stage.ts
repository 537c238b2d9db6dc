// Thousands of short plays of all types in the real page, in one life of it, and whether it or this process, which conducts it and
// drives its browser, holds on to any of them: heap, elements, listeners and frames, what is alive beside the heap, and what the
// processes of the page and of the graphics take of the machine, after the garbage was collected and caches were let go of.
// `npm run soak:stage -- 2000`, or `-- 600 pdf,image/gif` to see what one type or some do by themselves; prints a table, exits 1 when
// something grows. The rest of the host is looked at by soak-playback.ts.
import { loadavg } from 'node:os';
import type { CDPSession } from 'playwright-core';
import { proportionalSet } from '../../src/shells/chromium/process-memory.ts';
import { openSite } from '../content/site.ts';
import { openStageRig, until, type StageRig } from '../e2e/stage-rig.ts';
import { answerFor, KINDS, makeAll, sourcesAt } from '../e2e/transitions/kinds.ts';
import { playlist, programme } from '../programme-fixture.ts';
import { growthOf } from './growth.ts';
import { liveBytes } from './live-bytes.ts';

const PLAYS = Number(process.argv[2] ?? 2_000);
const ONLY = process.argv[3]?.split(',');
const CHOSEN = KINDS.filter(({ kind, mediaType }) => ONLY === undefined || ONLY.includes(kind) || ONLY.includes(mediaType));
/** Caches fill and code is compiled before that. */
const WARM_UP = Math.floor(PLAYS / 4);
const SAMPLE_EVERY = Math.floor(PLAYS / 20);
const PLAY_MS = 400;
const SETTLE_MS = 1_500;
const LOOKS = 3;
/** Of the still that is in front meanwhile: its successor is not yet on its way when the last look is over. */
const STILL_MS = 12_000;
const LARGEST_GROWTH = 0.02;
const WAYS = ['cut', 'fade', 'slide', 'push'] as const;

interface Sample {
  readonly plays: number;
  readonly hostBytes: number;
  readonly heapBytes: number;
  /** Alive in the page's process beside its heap, and in that of the graphics. */
  readonly pageLiveBytes: number;
  readonly graphicsLiveBytes: number;
  /** The page's own process, and that of the graphics, where this system tells. */
  readonly pageBytes: number;
  readonly graphicsBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly frames: number;
}

const [rig, site] = await Promise.all([openStageRig(), openSite('localhost')]);
site.answer(answerFor(KINDS, null));
const files = await makeAll(CHOSEN, rig.stage.page);
const creatives = await Promise.all(
  files.map(({ kind, mediaType, content }, index) => rig.add(`type-${index}`, content, { kind, mediaType, durationMs: PLAY_MS, presentation: { fit: 'cover', transition: { kind: WAYS[index % WAYS.length] ?? 'cut', ms: index % WAYS.length === 0 ? 0 : 150 } } })),
);
const tools = await rig.stage.page.context().newCDPSession(rig.stage.page);
const browser = await rig.stage.page.context().browser()!.newBrowserCDPSession();
await tools.send('Performance.enable');
const everything = programme(creatives, { playlists: [playlist('all', creatives.map(({ id }) => id))], sources: [...sourcesAt(site)] });
const still = programme([await rig.add('still', '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>', { kind: 'image', mediaType: 'image/svg+xml', durationMs: STILL_MS })]);
rig.setProgramme(everything);

await fillNumberCaches(tools);

const samples: Sample[] = [];
let early = 0;
let seen = 0;
const types = new Set<string>();
for (let next = WARM_UP; next <= PLAYS; next += SAMPLE_EVERY) {
  await until(`${next} plays`, () => seen + rig.plays.length >= next, 600_000);
  takeDown(rig);
  samples.push(await sample());
  const last = samples.at(-1)!;
  const mega = (of: keyof Sample, what: string): string => `${(last[of] / 1e6).toFixed(2).padStart(7)} MB ${what}`;
  console.log(String(last.plays).padStart(6), 'plays', mega('hostBytes', 'host'), mega('heapBytes', 'heap'), mega('pageLiveBytes', 'alive in the page'), mega('graphicsLiveBytes', 'in graphics'), mega('pageBytes', 'page'), mega('graphicsBytes', 'graphics'), last.nodes, 'nodes', last.listeners, 'listeners', last.frames, 'frames');
}
const { faults, pageErrors } = rig;
await rig.close();
await site.close();
takeDown(rig);

const growths = (['hostBytes', 'heapBytes', 'pageLiveBytes', 'graphicsLiveBytes', 'pageBytes', 'graphicsBytes', 'nodes', 'listeners', 'frames'] as const).map((of) => ({ of, growth: growthOf(samples.map((each) => each[of])) }));
const rows: readonly (readonly [string, string, boolean])[] = [
  ['plays, types', `${seen}, ${creatives.filter(({ id }) => types.has(id)).length} of ${CHOSEN.length}`, creatives.every(({ id }) => types.has(id))],
  ['ended before their time', String(early), early < seen / 100],
  ['faults, errors of the page', `${faults.length}, ${pageErrors.length}`, pageErrors.length === 0],
  ...growths.map(({ of, growth }): [string, string, boolean] => [`growth of ${of}, by its slope`, `${(100 * growth).toFixed(2)} %`, growth < LARGEST_GROWTH]),
  ['load of the machine', loadavg().map((load) => load.toFixed(1)).join(' '), true],
];
console.log();
for (const [what, value, isGood] of rows) console.log(`${isGood ? 'ok  ' : 'BAD '} ${what.padEnd(40)} ${value}`);
for (const { message } of faults.slice(0, 5)) console.log(`     ${message}`);
process.exit(rows.every(([, , isGood]) => isGood) ? 0 : 1);

/** The rig and the site write down everything: what was looked at is thrown away, or that would be what grows. */
function takeDown({ plays, told }: StageRig): void {
  seen += plays.length;
  early += plays.filter(({ endReason }) => endReason !== 'ended' && endReason !== 'stopped').length;
  for (const { creative } of plays) types.add(creative.id);
  plays.length = 0;
  told.length = 0;
  site.asked.length = 0;
}

/** V8 keeps the texts of numbers, whole ones and others, in two tables that grow once, when they happen to be full, and then never again. */
async function fillNumberCaches(session: CDPSession): Promise<void> {
  await session.send('Runtime.evaluate', { expression: 'for (let index = 0; index < 200_000; index += 1) `${index} ${index + 0.5}`' });
}

/** While a still is all that there is: else the readings would tell what happened to be on. The least of some looks is what is held. */
async function sample(): Promise<Sample> {
  rig.setProgramme(still);
  await until('the still is all there is', () => rig.conductor.nowPlaying?.creative.id === 'still');
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  await rig.stage.releaseCaches();
  const looks: Sample[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    await tools.send('HeapProfiler.collectGarbage');
    globalThis.gc?.();
    looks.push(await lookAt());
  }
  rig.setProgramme(everything);
  takeDown(rig);
  const least = (of: keyof Sample): number => Math.min(...looks.map((look) => look[of]));
  return { plays: seen, hostBytes: least('hostBytes'), heapBytes: least('heapBytes'), pageLiveBytes: least('pageLiveBytes'), graphicsLiveBytes: least('graphicsLiveBytes'), pageBytes: least('pageBytes'), graphicsBytes: least('graphicsBytes'), nodes: least('nodes'), listeners: least('listeners'), frames: least('frames') };
}

async function lookAt(): Promise<Sample> {
  const { metrics } = await tools.send('Performance.getMetrics');
  const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  const [sizes, live] = [await sizesOf(), await liveBytes(browser)];
  // Frames have processes of their own, which have ended by now.
  const sum = (type: string, bytes: (pid: number, size: number) => number): number => sizes.filter((each) => each.type === type).reduce((total, { id, size }) => total + bytes(id, size), 0);
  const [size, alive] = [(_: number, bytes: number) => bytes, (pid: number) => live.get(pid) ?? 0];
  return { plays: seen, hostBytes: process.memoryUsage().heapUsed, heapBytes: of('JSHeapUsedSize'), pageLiveBytes: sum('renderer', alive), graphicsLiveBytes: sum('GPU', alive), pageBytes: sum('renderer', size), graphicsBytes: sum('GPU', size), nodes: of('Nodes'), listeners: of('JSEventListeners'), frames: of('Frames') };
}

/** What each of the browser's processes takes of the machine, with what its allocators keep. */
async function sizesOf(): Promise<readonly { readonly type: string; readonly id: number; readonly size: number }[]> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  return Promise.all(processInfo.map(async ({ type, id }) => ({ type, id, size: await proportionalSet(String(id)) })));
}
