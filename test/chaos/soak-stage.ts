// Thousands of short plays of all types in the real page, in one life of it, and whether it or this process, which conducts it and
// drives its browser, holds on to any of them: heap, elements, listeners and frames, after the garbage was collected and caches were
// let go of; and what the processes of the page and of the graphics keep beside their heaps. `npm run soak:stage -- 2000`; prints
// a table, exits 1 when something grows. The rest of the host is looked at by soak-playback.ts.
import { loadavg } from 'node:os';
import type { CDPSession } from 'playwright-core';
import { proportionalSet } from '../../src/shells/chromium/process-memory.ts';
import { openSite } from '../content/site.ts';
import { openStageRig, until, type StageRig } from '../e2e/stage-rig.ts';
import { answerFor, KINDS, makeAll, sourcesAt } from '../e2e/transitions/kinds.ts';
import { playlist, programme } from '../programme-fixture.ts';
import { growthOf } from './growth.ts';

const PLAYS = Number(process.argv[2] ?? 2_000);
/** Caches fill and code is compiled before that. */
const WARM_UP = Math.floor(PLAYS / 4);
const SAMPLE_EVERY = Math.floor(PLAYS / 20);
const PLAY_MS = 400;
const LARGEST_GROWTH = 0.02;
const WAYS = ['cut', 'fade', 'slide', 'push'] as const;

interface Sample {
  readonly plays: number;
  readonly hostBytes: number;
  readonly heapBytes: number;
  /** The page's own process, and that of the graphics, where this system tells. */
  readonly pageBytes: number;
  readonly graphicsBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly frames: number;
}

const [rig, site] = await Promise.all([openStageRig(), openSite('localhost')]);
site.answer(answerFor(KINDS, null));
const files = await makeAll(KINDS, rig.stage.page);
const creatives = await Promise.all(
  files.map(({ kind, mediaType, content }, index) => rig.add(`type-${index}`, content, { kind, mediaType, durationMs: PLAY_MS, presentation: { fit: 'cover', transition: { kind: WAYS[index % WAYS.length] ?? 'cut', ms: index % WAYS.length === 0 ? 0 : 150 } } })),
);
const tools = await rig.stage.page.context().newCDPSession(rig.stage.page);
const browser = await rig.stage.page.context().browser()!.newBrowserCDPSession();
await tools.send('Performance.enable');
rig.setProgramme(programme(creatives, { playlists: [playlist('all', creatives.map(({ id }) => id))], sources: [...sourcesAt(site)] }));

await fillNumberCaches(tools);

const samples: Sample[] = [];
let early = 0;
let seen = 0;
const types = new Set<string>();
for (let next = WARM_UP; next <= PLAYS; next += SAMPLE_EVERY) {
  await until(`${next} plays`, () => seen + rig.plays.length >= next, 600_000);
  takeDown(rig);
  samples.push(await sample(rig));
  const { plays, hostBytes, heapBytes, pageBytes, graphicsBytes, nodes, listeners, frames } = samples.at(-1)!;
  console.log(`${String(plays).padStart(6)} plays ${(hostBytes / 1e6).toFixed(2).padStart(7)} MB host ${(heapBytes / 1e6).toFixed(2).padStart(7)} MB heap ${(pageBytes / 1e6).toFixed(1).padStart(6)} MB page ${(graphicsBytes / 1e6).toFixed(1).padStart(6)} MB graphics ${String(nodes).padStart(5)} nodes ${String(listeners).padStart(4)} listeners ${String(frames).padStart(3)} frames`);
}
const { faults, pageErrors } = rig;
await rig.close();
await site.close();
takeDown(rig);

const growths = (['hostBytes', 'heapBytes', 'pageBytes', 'graphicsBytes', 'nodes', 'listeners', 'frames'] as const).map((of) => ({ of, growth: growthOf(samples.map((each) => each[of])) }));
const rows: readonly (readonly [string, string, boolean])[] = [
  ['plays, types', `${seen}, ${types.size} of ${KINDS.length}`, types.size === KINDS.length],
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

/** One or two creatives are in the page at any time: the least of some looks is what it holds whatever is shown. */
async function sample({ stage }: StageRig): Promise<Sample> {
  const looks: Omit<Sample, 'pageBytes' | 'graphicsBytes'>[] = [];
  const sizes: ReadonlyMap<string, number>[] = [];
  await stage.releaseCaches();
  for (let look = 0; look < KINDS.length; look += 1) {
    await tools.send('HeapProfiler.collectGarbage');
    const { metrics } = await tools.send('Performance.getMetrics');
    const of = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    globalThis.gc?.();
    looks.push({ plays: seen, hostBytes: process.memoryUsage().heapUsed, heapBytes: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners'), frames: of('Frames') });
    sizes.push(await sizesOf());
    await new Promise((resolve) => setTimeout(resolve, PLAY_MS));
  }
  // Frames have processes of their own, which come and go: what is there in every look is the page's.
  const lasting = [...(sizes[0]?.keys() ?? [])].filter((key) => sizes.every((each) => each.has(key)));
  const bytes = (type: string): number => lasting.filter((key) => key.startsWith(type)).reduce((sum, key) => sum + Math.min(...sizes.map((each) => each.get(key) ?? 0)), 0);
  const least = (value: (look: (typeof looks)[number]) => number): number => Math.min(...looks.map(value));
  return { plays: seen, hostBytes: least((look) => look.hostBytes), heapBytes: least((look) => look.heapBytes), pageBytes: bytes('renderer'), graphicsBytes: bytes('GPU'), nodes: least((look) => look.nodes), listeners: least((look) => look.listeners), frames: least((look) => look.frames) };
}

/** What each of the browser's processes holds, by type and number. */
async function sizesOf(): Promise<ReadonlyMap<string, number>> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  return new Map(await Promise.all(processInfo.map(async ({ type, id }) => [`${type} ${id}`, await proportionalSet(String(id))] as const)));
}
