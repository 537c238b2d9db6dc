// What the stage costs, beside a bare Chromium that shows the same video in a plain page: from the start of the process to the
// first presented frame (from the cache, with nobody to ask), memory and processor time of stage and host; and how late a
// prepared creative comes, beside two pictures that a plain page swaps. Both sides take turns, so that other programs on the
// machine slow both alike; medians. `npm run bench:stage -- --rounds 5`; exits 1 when a start takes five seconds.
import { mkdir, mkdtemp, rm, copyFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { ProgrammeSource } from '../../src/contract/index.ts';
import { findHeadlessBrowser, openPage } from '../../src/shells/index.ts';
import { listen } from '../../src/shells/chromium/listen.ts';
import { fileResponse } from '../../src/player/file-response.ts';
import { openOfflineScreen } from './offline-screen.ts';
import { findDescendant, readTree, type TreeReading } from './process-tree.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const ROUNDS = Number(values.rounds);
const LONGEST_START_MS = 5_000;
/** Caches fill and code is compiled before that. */
const SETTLE_MS = 8_000;
const MEASURE_MS = 10_000;
const RUN_S = 30;
const STILL_MS = 2_000;
const MB = 1_048_576;
const VIDEO = fileURLToPath(new URL('../../assets/demo/media/pretzel.mp4', import.meta.url));

interface Reading {
  readonly startMs: number;
  /** Of one core. */
  readonly browserCpu: number;
  readonly hostCpu: number;
  readonly browser: TreeReading;
  readonly host: TreeReading | null;
}

const dir = await mkdtemp(join(tmpdir(), 'litfass-bench-stage-'));
const found = await findHeadlessBrowser();
if (found === null) throw new Error('no Chromium for this platform; install one or set LITFASS_CHROMIUM');
const browser = found;
console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / MB / 1_024)} GB, Linux ${release()}; load ${load()} at the start`);

try {
  const video = await openOfflineScreen(join(dir, 'video'), await programmeOf('video', [{ file: 'pretzel.mp4', kind: 'video', durationMs: 10_000 }]), 18_700, 12);
  const stills = await openOfflineScreen(join(dir, 'stills'), await programmeOf('stills', ['#a33', '#33a'].map((colour) => ({ file: `${colour.slice(1)}.svg`, kind: 'image', durationMs: STILL_MS }))), 18_760, 8);
  const ours: Reading[] = [];
  const bare: Reading[] = [];
  const late = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await readStage(() => video.start(RUN_S)));
    bare.push(await readBare());
    late.ours.push(...(await stills.start(RUN_S).ended).plays.filter(({ endReason }) => endReason === 'ended').map(({ durationMs }) => durationMs - STILL_MS));
    late.bare.push(...(await lateInPlainPage()));
    console.log(`round ${round + 1} of ${ROUNDS}: start ${Math.round(ours.at(-1)?.startMs ?? 0)} ms, bare ${Math.round(bare.at(-1)?.startMs ?? 0)} ms; load ${load()}`);
  }
  print(ours, bare, late);
  process.exitCode = Math.max(...ours.map(({ startMs }) => startMs)) < LONGEST_START_MS ? 0 : 1;
} finally {
  await rm(dir, { recursive: true, force: true });
}
process.exit();

async function programmeOf(name: string, parts: readonly { file: string; kind: 'video' | 'image'; durationMs: number }[]): Promise<string> {
  const folder = join(dir, `programme-${name}`);
  await mkdir(folder);
  for (const { file, kind } of parts) {
    if (kind === 'video') await copyFile(VIDEO, join(folder, file));
    else await writeFile(join(folder, file), still(`#${file.slice(0, 3)}`));
  }
  const creatives: ProgrammeSource['creatives'] = parts.map(({ file, kind, durationMs }, index) => ({ id: `c${index}`, name: file, campaign: 'Bench', kind, file, durationMs, tier: 'house', weight: 1, criteria: [] }));
  const source: ProgrammeSource = { name: 'Bench', creatives, selection: { enterMs: 500, leaveMs: 500, minimumHoldMs: 500 }, policy: { statistics: { windowMs: 30_000, epsilonNumerator: 1, epsilonDenominator: 1 } } };
  await writeFile(join(folder, 'programme.json'), JSON.stringify(source));
  return folder;
}

function still(colour: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="${colour}"/></svg>`;
}

async function readStage(start: () => ReturnType<Awaited<ReturnType<typeof openOfflineScreen>>['start']>): Promise<Reading> {
  const { pid, ended } = start();
  await sleep(SETTLE_MS);
  const browserPid = findDescendant(pid, /--remote-debugging-pipe/);
  if (browserPid === null) throw new Error('the player has opened no browser');
  const [browserBefore, hostBefore] = [readTree(browserPid), readTree(pid, [browserPid])];
  await sleep(MEASURE_MS);
  const [browserAfter, hostAfter] = [readTree(browserPid), readTree(pid, [browserPid])];
  const { coldStartMs } = await ended;
  if (coldStartMs === null) throw new Error('the stage presented nothing');
  return { startMs: coldStartMs, browser: browserAfter, host: hostAfter, browserCpu: share(browserBefore, browserAfter), hostCpu: share(hostBefore, hostAfter) };
}

/** The same browser with the same arguments; its page holds a video that plays for ever, and nothing else. */
async function readBare(): Promise<Reading> {
  const server = await listen(18_690);
  server.serve((request) => (new URL(request.url).pathname === '/video' ? fileResponse(request, VIDEO, { 'Content-Type': 'video/mp4' }) : new Response('<!doctype html><style>body{margin:0}video{width:100vw;height:100vh}</style><video src="/video" autoplay muted loop></video>', { headers: { 'content-type': 'text/html' } })));
  const beganMs = performance.now();
  const opened = await openPage({ browser, url: server.origin, window: 'headless', onProblem: () => undefined });
  await opened.page.evaluate("new Promise((resolve) => { const video = document.querySelector('video'); if (video.getVideoPlaybackQuality().totalVideoFrames > 0) resolve(0); else video.requestVideoFrameCallback(() => resolve(0)); })");
  const startMs = performance.now() - beganMs;
  await sleep(SETTLE_MS - startMs);
  const before = readTree(opened.pid ?? 0);
  await sleep(MEASURE_MS);
  const after = readTree(opened.pid ?? 0);
  await opened.close();
  await server.close();
  return { startMs, browser: after, host: null, browserCpu: share(before, after), hostCpu: 0 };
}

/** Two decoded pictures, swapped by a timer: from when the swap is due to the frame after it, ms. */
async function lateInPlainPage(): Promise<number[]> {
  const server = await listen(18_690);
  server.serve((request) => {
    const path = new URL(request.url).pathname;
    return path === '/' ? new Response('<!doctype html><style>img{position:absolute;inset:0}</style><img src="/a33"><img src="/33a" hidden>', { headers: { 'content-type': 'text/html' } }) : new Response(still(`#${path.slice(1)}`), { headers: { 'content-type': 'image/svg+xml' } });
  });
  const opened = await openPage({ browser, url: server.origin, window: 'headless', onProblem: () => undefined });
  const swaps = Math.floor((RUN_S * 1_000) / STILL_MS) - 3;
  const late = await opened.page.evaluate<number[]>(`(async () => {
    const images = [...document.images];
    await Promise.all(images.map((image) => image.decode()));
    const late = [];
    for (let swap = 0; swap < ${swaps}; swap++) {
      const dueMs = performance.now() + ${STILL_MS};
      await new Promise((resolve) => setTimeout(resolve, ${STILL_MS}));
      for (const image of images) image.hidden = !image.hidden;
      await new Promise(requestAnimationFrame);
      late.push(performance.now() - dueMs);
    }
    return late;
  })()`);
  await opened.close();
  await server.close();
  return late;
}

function share(before: TreeReading, after: TreeReading): number {
  return (after.cpuSeconds - before.cpuSeconds) / (MEASURE_MS / 1_000);
}

function print(ours: readonly Reading[], bare: readonly Reading[], late: { readonly ours: readonly number[]; readonly bare: readonly number[] }): void {
  const row = (what: string, unit: string, mine: number, theirs: number | null, digits = 0): void =>
    console.log(`${what.padEnd(44)}${`${mine.toFixed(digits)} ${unit}`.padStart(12)}${theirs === null ? ''.padStart(24) : `${`${theirs.toFixed(digits)} ${unit}`.padStart(12)}${(mine / theirs).toFixed(2).padStart(12)}`}`);
  const both = (what: string, unit: string, of: (reading: Reading) => number, digits = 0): void => row(what, unit, at(ours.map(of), 0.5), at(bare.map(of), 0.5), digits);
  console.log(`\n${''.padEnd(44)}${'stage'.padStart(12)}${'bare'.padStart(12)}${'ratio'.padStart(12)}`);
  both('process to first frame, from cache, offline', 'ms', ({ startMs }) => startMs);
  row('  the slowest of them', 'ms', Math.max(...ours.map(({ startMs }) => startMs)), Math.max(...bare.map(({ startMs }) => startMs)));
  row('prepared creative late by, median', 'ms', at(late.ours, 0.5), at(late.bare, 0.5), 1);
  row('prepared creative late by, p95', 'ms', at(late.ours, 0.95), at(late.bare, 0.95), 1);
  both('browser, PSS', 'MB', ({ browser: { pssBytes } }) => pssBytes / MB);
  both('browser, RSS summed', 'MB', ({ browser: { rssBytes } }) => rssBytes / MB);
  row('host, PSS', 'MB', at(ours.map(({ host }) => (host?.pssBytes ?? 0) / MB), 0.5), null);
  both('all of it, PSS', 'MB', ({ browser: page, host }) => (page.pssBytes + (host?.pssBytes ?? 0)) / MB);
  both('browser, processor time (of one core)', '%', ({ browserCpu }) => 100 * browserCpu, 1);
  row('host, processor time (of one core)', '%', at(ours.map(({ hostCpu }) => 100 * hostCpu), 0.5), null, 1);
  both('all of it, processor time (of one core)', '%', ({ browserCpu, hostCpu }) => 100 * (browserCpu + hostCpu), 1);
  console.log(`\n${ours.length} rounds in turns, ${late.ours.length} and ${late.bare.length} changes; load ${load()} at the end`);
}

function at(numbers: readonly number[], part: number): number {
  return numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))] ?? Number.NaN;
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
