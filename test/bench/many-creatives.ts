// A programme of ten thousand creatives: published, started from the cache with nobody to ask, and played; beside a
// programme of four on the same machine, in turns. Then with one file missing from the media folder. `npm run bench:many`; exits 1
// when a start takes five seconds, or nothing plays.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ProgrammeSource, RunReport } from '../../src/contract/index.ts';
import { openOfflineScreen, type OfflineScreen } from './offline-screen.ts';

const { values } = parseArgs({ options: { creatives: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '3' } } });
const MANY = Number(values.creatives);
const FEW = 4;
const ROUNDS = Number(values.rounds);
const RUN_S = 10;
const LONGEST_START_MS = 5_000;
const SHOWN_MS = 1_000;

const dir = await mkdtemp(join(tmpdir(), 'litfass-bench-many-'));
try {
  const many = await openOfflineScreen(join(dir, 'many'), await writeMany('many', MANY), 18_740, 30);
  console.log(`published ${MANY} creatives in ${(many.publishedMs / 1_000).toFixed(1)} s; load ${load()}`);
  const few = await openOfflineScreen(join(dir, 'few'), await writeMany('few', FEW), 18_800, 8);
  const reports = { many: [] as RunReport[], few: [] as RunReport[] };
  for (let round = 0; round < ROUNDS; round += 1) for (const [name, screen] of [['many', many], ['few', few]] as const) reports[name].push(await screen.start(RUN_S).ended);
  const broken = await withoutOneFile(many);
  print(reports, broken);
} finally {
  await rm(dir, { recursive: true, force: true });
}
process.exit();

async function writeMany(name: string, count: number): Promise<string> {
  const folder = join(dir, `programme-${name}`);
  await mkdir(folder, { recursive: true });
  const creatives: ProgrammeSource['creatives'] = [];
  for (let index = 0; index < count; index += 1) {
    const file = `${index}.svg`;
    await writeFile(join(folder, file), `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#a${(index % 10).toString()}3"/><text y="40">${index}</text></svg>`);
    creatives.push({ id: `c${index}`, name: `Creative ${index}`, campaign: 'Many', kind: 'image', file, durationMs: SHOWN_MS, tier: 'house', weight: 1 + (index % 7), criteria: [] });
  }
  const source: ProgrammeSource = { name: 'Many', creatives, selection: { enterMs: 500, leaveMs: 500, minimumHoldMs: 500 }, policy: { statistics: { windowMs: 30_000, epsilonNumerator: 1, epsilonDenominator: 1 } } };
  await writeFile(join(folder, 'programme.json'), JSON.stringify(source));
  return folder;
}

/** Somebody tidied up the media folder. */
async function withoutOneFile(screen: OfflineScreen): Promise<RunReport> {
  const media = join(dir, 'many/screen/media');
  const [first = ''] = await readdir(media);
  await rm(join(media, first));
  return screen.start(RUN_S).ended;
}

function print({ many, few }: { readonly many: readonly RunReport[]; readonly few: readonly RunReport[] }, broken: RunReport): void {
  const line = (what: string, of: (report: RunReport) => number): void => {
    const [a, b] = [median(many.map(of)), median(few.map(of))];
    console.log(`${what.padEnd(40)}${a.toFixed(0).padStart(10)}${b.toFixed(0).padStart(10)}${(a / b).toFixed(2).padStart(10)}`);
  };
  console.log(`\n${''.padEnd(40)}${`${MANY}`.padStart(10)}${`${FEW}`.padStart(10)}${'ratio'.padStart(10)}`);
  line('process to first frame, offline, ms', ({ coldStartMs }) => coldStartMs ?? Number.NaN);
  line(`plays to their end in ${RUN_S} s`, ({ plays }) => plays.filter(({ endReason }) => endReason === 'ended').length);
  line('a play longer than planned, median, ms', ({ plays }) => median(plays.filter(({ endReason }) => endReason === 'ended').map(({ durationMs }) => durationMs - SHOWN_MS)));
  console.log(`${'with one file missing: plays to their end'.padEnd(40)}${String(broken.plays.filter(({ endReason }) => endReason === 'ended').length).padStart(10)}`);
  console.log(`\n${ROUNDS} rounds in turns, load ${load()}`);
  const starts = many.map(({ coldStartMs }) => coldStartMs ?? Infinity);
  process.exitCode = Math.max(...starts) < LONGEST_START_MS && [...many, broken].every(({ plays }) => plays.some(({ endReason }) => endReason === 'ended')) ? 0 : 1;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function load(): string {
  return (loadavg()[0] ?? 0).toFixed(1);
}
