// Runs the real vision page on a looped clip for a long time, and says whether anything grows.
//
//   npm run soak:vision -- --minutes 60 [CLIP]
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPage } from '../../build/pages.ts';
import type { VisionSettings } from '../../src/contract/index.ts';
import { facesAsCamera } from '../e2e/browser.ts';
import { openVisionSite, type VisionSite } from '../e2e/vision-site.ts';

/** The heap may grow by so much of itself in an hour. */
const MOST_GROWTH_PER_HOUR = 0.02;
/** Caches fill and code is compiled in the first part of the run. */
const WARM_UP_SHARE = 0.2;
/** In less time a straight line through the samples says nothing about an hour. */
const JUDGED_FROM_MINUTES = 20;
const SAMPLES = 60;
const SHORTEST_INTERVAL_MS = 15_000;

interface Sample {
  readonly minutes: number;
  readonly tensors: number;
  readonly pageMb: number;
  /** `null`: this browser does not say. */
  readonly workerMb: number | null;
  readonly perSecond: number;
}

const { values, positionals } = parseArgs({ options: { minutes: { type: 'string', default: '60' } }, allowPositionals: true });
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes} is no number above 0`);
const folder = process.env.LITFASS_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const clip = positionals[0] === undefined ? join(folder, 'clips/head-pose-face-detection-female-and-male.mp4') : resolve(positionals[0]);

const camera = await mkdtemp(join(tmpdir(), 'litfass-soak-'));
await buildPage('vision');
const source = existsSync(clip) ? { kind: 'clip' as const, url: 'clip', mode: 'loop' as const } : { kind: 'camera' as const };
if (source.kind === 'camera') console.log(`There is no clip at ${clip}; a camera that shows three portraits stands in for it.`);
const settings: VisionSettings = { source, demographics: true, expression: true, skeletons: true, calibrated: false, framesPerSecond: 8, bodyEveryMs: 1_000, demographicsBudgetMs: 250, backend: 'auto' };
const site = await openVisionSite({ settings: () => settings, ...(source.kind === 'clip' ? { clipFile: clip } : { extraArgs: await facesAsCamera(camera, 3) }) });
try {
  await site.until(() => site.frames().length > 5, 'the first pictures', 180_000);
  const samples = await soak(site);
  process.exitCode = judge(samples) ? 0 : 1;
} finally {
  await site.close();
  await rm(camera, { recursive: true, force: true });
}
process.exit();

async function soak(running: VisionSite): Promise<Sample[]> {
  const tools = await running.page.context().newCDPSession(running.page);
  const startedMs = performance.now();
  const intervalMs = Math.max(SHORTEST_INTERVAL_MS, (minutes * 60_000) / SAMPLES);
  const samples: Sample[] = [];
  console.log(`${minutes} minutes, a sample every ${Math.round(intervalMs / 1000)} s; load ${loadavg()[0]?.toFixed(1)}\n   min  tensors  page MB  worker MB  observations/s`);
  for (let next = intervalMs; next <= minutes * 60_000 + 1; next += intervalMs) {
    // Counted and dropped: an hour's reports would fill this process instead.
    running.reports.length = 0;
    const fromMs = performance.now();
    await new Promise((done) => setTimeout(done, Math.max(0, startedMs + next - performance.now())));
    const perSecond = running.frames().length / ((performance.now() - fromMs) / 1000);
    const trouble = running.messages().at(-1);
    if (trouble !== undefined) console.log(`       ${trouble}`);
    await tools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await tools.send('Runtime.getHeapUsage');
    const tensors = Number(/(\d+) tensors/.exec((await running.page.textContent('#state')) ?? '')?.[1]);
    const sample: Sample = { minutes: (performance.now() - startedMs) / 60_000, tensors, pageMb: usedSize / 1e6, workerMb: await workerMb(running), perSecond };
    samples.push(sample);
    console.log(`${sample.minutes.toFixed(1).padStart(6)} ${String(tensors).padStart(8)} ${sample.pageMb.toFixed(2).padStart(8)} ${(sample.workerMb?.toFixed(1) ?? '–').padStart(10)} ${perSecond.toFixed(2).padStart(15)}`);
  }
  return samples;
}

/** Memory of the worker, WebAssembly included, as the browser attributes it after a collection of garbage. */
async function workerMb(running: VisionSite): Promise<number | null> {
  const bytes = await running.page.evaluate(async () => {
    const measure = (performance as { measureUserAgentSpecificMemory?: () => Promise<{ breakdown: { bytes: number; attribution: { scope: string }[] }[] }> }).measureUserAgentSpecificMemory;
    if (!measure) return null;
    const limit = new Promise<null>((done) => setTimeout(() => done(null), 30_000));
    const measured = await Promise.race([measure.call(performance), limit]).catch(() => null);
    return measured && measured.breakdown.filter(({ attribution }) => attribution.some(({ scope }) => scope.includes('Worker'))).reduce((sum, part) => sum + part.bytes, 0);
  });
  return bytes === null ? null : bytes / 1e6;
}

function judge(samples: readonly Sample[]): boolean {
  const warm = samples.slice(Math.floor(WARM_UP_SHARE * samples.length));
  const tensors = new Set(warm.map((sample) => sample.tensors));
  const flat = tensors.size === 1 && [...tensors].every(Number.isFinite);
  console.log(`tensors: ${[...tensors].join(', ')}: ${flat ? 'flat' : 'NOT FLAT'}`);
  const page = growthPerHour(warm.map(({ minutes: at, pageMb }) => ({ at, mb: pageMb })));
  const worker = growthPerHour(warm.flatMap(({ minutes: at, workerMb: mb }) => (mb === null ? [] : [{ at, mb }])));
  const words = (growth: number | null): string => (growth === null ? 'not known' : `${(100 * growth).toFixed(2)} % an hour`);
  console.log(`page heap: ${words(page)}; worker: ${words(worker)}; wanted below ${100 * MOST_GROWTH_PER_HOUR} %`);
  const shrinks = (growth: number | null): boolean => growth === null || growth < MOST_GROWTH_PER_HOUR;
  if (minutes < JUDGED_FROM_MINUTES) {
    console.log(`${flat ? 'good' : 'MISSED'} (the heaps are judged from ${JUDGED_FROM_MINUTES} minutes on)`);
    return flat;
  }
  const good = flat && page !== null && shrinks(page) && shrinks(worker);
  console.log(good ? 'good' : 'MISSED');
  return good;
}

/** Slope of the straight line through the samples (least squares), as a share of their mean; `null` with fewer than three. */
function growthPerHour(samples: readonly { readonly at: number; readonly mb: number }[]): number | null {
  if (samples.length < 3) return null;
  const meanAt = samples.reduce((sum, { at }) => sum + at, 0) / samples.length;
  const meanMb = samples.reduce((sum, { mb }) => sum + mb, 0) / samples.length;
  const slope = samples.reduce((sum, { at, mb }) => sum + (at - meanAt) * (mb - meanMb), 0) / samples.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  return meanMb === 0 ? 0 : (60 * slope) / meanMb;
}
