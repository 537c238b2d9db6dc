// Thousands of short plays of all types in the real page, in one life of it, and whether it or this process, which conducts it and
// drives its browser, holds on to any of them: heap, elements, listeners and frames, what is alive beside the heap, and what the
// processes of the page and of the graphics take of the machine, after the garbage was collected and caches were let go of.
// `npm run soak:stage -- 2000`, or `-- 600 pdf,image/gif` to see what one type or some do by themselves; prints a table, exits 1 when
// something grows. The rest of the host is looked at by soak-playback.ts.
import { loadavg } from 'node:os';
import type { Creative, Programme } from '../../src/contract/index.ts';
import { png } from '../content/png.ts';
import { openSite } from '../content/site.ts';
import { openStageRig, until, type StageRig } from '../e2e/stage-rig.ts';
import { answerFor, KINDS, makeAll, sourcesAt } from '../e2e/transitions/kinds.ts';
import { playlist, programme } from '../programme-fixture.ts';
import { keptOfBarePage } from './bare-page.ts';
import { fillCaches } from './fill-caches.ts';
import { growthOf } from './growth.ts';
import { watchMemory, type StageMemory } from './stage-memory.ts';

const PLAYS = Number(process.argv[2] ?? 2_000);
const ONLY = process.argv[3]?.split(',');
const CHOSEN = KINDS.filter(({ kind, mediaType }) => ONLY === undefined || ONLY.includes(kind) || ONLY.includes(mediaType));
/** Caches fill, code is compiled, and allocators have met each size before that; what is judged comes after it. */
const WARM_UP = Math.floor(PLAYS / 2);
const STEPS = 15;
const PLAY_MS = 400;
const SETTLE_MS = 1_500;
const LOOKS = 3;
/** Of the still that is in front meanwhile: its successor is not yet on its way when the last look is over. */
const STILL_MS = 45_000;
const LARGEST_GROWTH = 0.02;
/** The page's own, and one that the browser holds ready. */
const MOST_PROCESSES = 2;
const WAYS = ['cut', 'fade', 'slide', 'push'] as const;
const JUDGED = ['hostBytes', 'heapBytes', 'pageLiveBytes', 'pageBytes', 'nodes', 'listeners', 'frames'] as const;
/** Without what a plain page would have left there, which is Chromium's (decision 26). */
const JUDGED_BESIDE = ['graphicsLiveBytes', 'graphicsBytes'] as const;
const FRAMED: readonly Creative['kind'][] = ['html', 'package', 'web'];

const kept = await keptOfBarePage();
console.log(`a plain page leaves ${Math.round(kept.video)} B in graphics for each video, ${Math.round(kept.frame)} B for each frame`);

const [rig, site] = await Promise.all([openStageRig(), openSite('localhost')]);
site.answer(answerFor(KINDS, null));
const files = await makeAll(CHOSEN, rig.stage.page);
const creatives = await Promise.all(
  files.map(({ kind, mediaType, content }, index) => {
    const way = WAYS[index % WAYS.length] ?? 'cut';
    return rig.add(`type-${index}`, content, { kind, mediaType, durationMs: PLAY_MS, presentation: { fit: 'cover', transition: { kind: way, ms: way === 'cut' ? 0 : 150 } } });
  }),
);
/** Another one comes first each time, so that each is taken off once while it is being prepared: it is what waits when a look begins. */
const everythingFrom = (first: number): Programme => {
  const ids = creatives.map(({ id }) => id);
  return programme(creatives, { playlists: [playlist('all', [...ids.slice(first), ...ids.slice(0, first)])], sources: [...sourcesAt(site)] });
};
const still = programme([await rig.add('still', '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>', { kind: 'image', mediaType: 'image/svg+xml', durationMs: STILL_MS })]);
const dot = await rig.add('dot', png(8, 8), { kind: 'image', mediaType: 'image/png' });
const memory = await watchMemory(rig.stage.page);
await fillCaches(rig.stage.page, `../media/${dot.sha256}`);
rig.setProgramme(everythingFrom(0));

const samples: StageMemory[] = [];
/** What a plain page would have left in graphics until each sample, bytes. */
const left: number[] = [];
let early = 0;
let seen = 0;
let videos = 0;
let frames = 0;
const types = new Set<string>();
for (let step = 0; step <= STEPS; step += 1) {
  const next = WARM_UP + Math.ceil((PLAYS * step) / STEPS);
  await until(`${next} plays`, () => seen + rig.plays.length >= next, 600_000);
  takeDown(rig);
  const sample = await lookAtStill();
  samples.push(sample);
  left.push(videos * kept.video + frames * kept.frame);
  const mega = (of: keyof StageMemory, what: string): string => `${(sample[of] / 1e6).toFixed(2).padStart(6)} MB ${what}`;
  const sizes = [mega('hostBytes', 'host'), mega('heapBytes', 'heap'), mega('pageLiveBytes', 'alive in page'), mega('graphicsLiveBytes', 'in graphics'), mega('pageBytes', 'page'), mega('graphicsBytes', 'graphics')];
  console.log(String(seen).padStart(6), 'plays', ...sizes, sample.nodes, 'nodes', sample.listeners, 'listeners', sample.frames, 'frames', sample.processes, 'processes');
}
const { faults, pageErrors } = rig;
await rig.close();
await site.close();
takeDown(rig);

const mostProcesses = Math.max(...samples.map(({ processes }) => processes));
const growths = [
  ...JUDGED.map((of) => ({ of, growth: growthOf(samples.map((each) => each[of])) })),
  ...JUDGED_BESIDE.map((of) => ({ of: `${of} beside a plain page`, growth: growthOf(samples.map((each, index) => each[of] - (left[index] ?? NaN))) })),
];
const rows: readonly (readonly [string, string, boolean])[] = [
  ['plays, types', `${seen}, ${creatives.filter(({ id }) => types.has(id)).length} of ${CHOSEN.length}`, creatives.every(({ id }) => types.has(id))],
  ['ended before their time', String(early), early < seen / 100],
  ['faults, errors of the page', `${faults.length}, ${pageErrors.length}`, pageErrors.length === 0],
  ...growths.map(({ of, growth }): [string, string, boolean] => [`growth of ${of}, by its slope`, `${(100 * growth).toFixed(2)} %`, growth < LARGEST_GROWTH]),
  ...JUDGED_BESIDE.map((of): [string, string, boolean] => [`growth of ${of}, with what is Chromium's`, `${(100 * growthOf(samples.map((each) => each[of]))).toFixed(2)} %`, true]),
  ['processes of pages and frames, at most', String(mostProcesses), mostProcesses <= MOST_PROCESSES],
  ['load of the machine', loadavg().map((load) => load.toFixed(1)).join(' '), true],
];
console.log();
for (const [what, value, isGood] of rows) console.log(`${isGood ? 'ok  ' : 'BAD '} ${what.padEnd(64)} ${value}`);
for (const { message } of faults.slice(0, 5)) console.log(`     ${message}`);
process.exit(rows.every(([, , isGood]) => isGood) ? 0 : 1);

/** The rig and the site write down everything: what was looked at is thrown away, or that would be what grows. */
function takeDown({ plays, told }: StageRig): void {
  seen += plays.length;
  videos += plays.filter(({ creative }) => creative.kind === 'video').length;
  frames += plays.filter(({ creative }) => FRAMED.includes(creative.kind)).length;
  early += plays.filter(({ endReason }) => endReason !== 'ended' && endReason !== 'stopped').length;
  for (const { creative } of plays) types.add(creative.id);
  plays.length = 0;
  told.length = 0;
  site.asked.length = 0;
}

/** While a still is all that there is: else the readings would tell what happened to be on. */
async function lookAtStill(): Promise<StageMemory> {
  rig.setProgramme(still);
  await until('the still is all there is', () => rig.conductor.nowPlaying?.creative.id === 'still');
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const sample = await memory.look(LOOKS);
  rig.setProgramme(everythingFrom((samples.length + 1) % creatives.length));
  takeDown(rig);
  return sample;
}
