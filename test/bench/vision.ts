// Our vision pipeline beside `human.detect` with detector, mesh and description: the same clip, the same browser, the same
// backend and threads, blocks taking turns so that other programs on the machine slow both alike. Our pipeline searches
// bodies besides, which Human is not asked to.
//
//   npm run bench:vision [CLIP…]
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAudience } from '../../src/audience/index.ts';
import type { Face } from '../../src/contract/index.ts';
import type { Block, Loaded, PictureSource } from '../vision-rig/calls.ts';
import { openRig, PORTRAITS_URL, RIG_SETTINGS } from '../vision-rig/open-rig.ts';

const WANTED_RATIO = 3;
const WANTED_AGREEMENT = 0.9;
/** Two boxes of one face. */
const SAME_FACE_IOU = 0.5;
const ROUNDS = 7;
const BLOCK = 12;
/** Longer clips are looked at from their beginning; all pictures stand in memory. */
const MOST_PICTURES = ROUNDS * BLOCK;

const clips = process.argv.slice(2).map((path) => resolve(path));
const chosen: readonly (string | null)[] = clips.length > 0 ? clips : [developmentClip()];
let good = true;
for (const clip of chosen) good = (await compare(clip)) && good;
process.exit(good ? 0 : 1);

function developmentClip(): string | null {
  const folder = process.env.LITFASS_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
  const clip = join(folder, 'clips/head-pose-face-detection-female-and-male.mp4');
  if (existsSync(clip)) return clip;
  console.log(`There is no development data in ${folder} (LITFASS_DATA names another folder); four portraits that move stand in for a clip.`);
  return null;
}

async function compare(clip: string | null): Promise<boolean> {
  const rig = await openRig(RIG_SETTINGS, clip ?? undefined);
  try {
    const source: PictureSource = clip === null ? { kind: 'portraits', url: PORTRAITS_URL, count: MOST_PICTURES } : { kind: 'clip', url: 'clip', most: MOST_PICTURES };
    const ours = await rig.call<Loaded>('ours', { do: 'load', settings: RIG_SETTINGS, source });
    const human = await rig.call<Loaded>('human', { do: 'load', settings: RIG_SETTINGS, source });
    console.log(`\n${clip === null ? 'portraits' : basename(clip)}, ${ours.widthPx}×${ours.heightPx}, ${ours.pictures} pictures; ${ROUNDS} rounds of ${BLOCK} each; load ${loadavg()[0]?.toFixed(1)}`);
    const blocks = { ours: [] as Block[], human: [] as Block[] };
    // A first picture compiles, in both.
    for (const who of ['ours', 'human'] as const) await rig.call<Block>(who, { do: 'block', pictures: 1 });
    for (let round = 0; round < ROUNDS; round++) {
      for (const who of round % 2 === 0 ? (['ours', 'human'] as const) : (['human', 'ours'] as const)) blocks[who].push(await rig.call<Block>(who, { do: 'block', pictures: BLOCK }));
    }
    return judge(blocks, { ours: ours.backend, human: human.backend });
  } finally {
    await rig.close();
  }
}

function judge(blocks: { readonly ours: readonly Block[]; readonly human: readonly Block[] }, backends: { readonly ours: string; readonly human: string }): boolean {
  const rates = (of: readonly Block[]): number[] => of.map(({ seen, tookMs }) => (1000 * seen.length) / tookMs);
  for (const who of ['ours', 'human'] as const) console.log(`${who.padEnd(6)} ${median(rates(blocks[who])).toFixed(2)} pictures/s (${rates(blocks[who]).map((rate) => rate.toFixed(1)).join(' ')}), ${backends[who]}`);
  // Of neighbouring blocks, which ran under the same load.
  const ratio = median(blocks.ours.map(({ tookMs }, round) => (blocks.human[round]?.tookMs ?? 0) / tookMs));
  const [mine, theirs] = [blocks.ours.flatMap(({ seen }) => seen), blocks.human.flatMap(({ seen }) => seen)];
  const [myFaces, theirFaces] = [count(mine), count(theirs)];
  const both = mine.reduce((sum, { faces }, picture) => sum + matched(faces, theirs[picture]?.faces ?? []), 0);
  const agreement = myFaces + theirFaces === 0 ? 1 : (2 * both) / (myFaces + theirFaces);
  const [myPeople, theirPeople] = [people(mine), people(theirs)];
  console.log(`ratio  ${ratio.toFixed(2)}, wanted ${WANTED_RATIO}`);
  console.log(`faces  ${myFaces} ours, ${theirFaces} Human's, ${both} the same: agreement ${agreement.toFixed(3)}, wanted ${WANTED_AGREEMENT}`);
  console.log(`people ${myPeople} ours, ${theirPeople} Human's; load ${loadavg()[0]?.toFixed(1)}`);
  const good = ratio >= WANTED_RATIO && agreement >= WANTED_AGREEMENT && myPeople === theirPeople;
  console.log(good ? 'good' : 'MISSED');
  return good;
}

function count(seen: Block['seen']): number {
  return seen.reduce((sum, { faces }) => sum + faces.length, 0);
}

/** How many faces of one picture both have found, each matched once. */
function matched(ours: readonly Face[], theirs: readonly Face[]): number {
  const left = new Set(theirs);
  let pairs = 0;
  for (const { box } of ours) {
    const same = [...left].find((other) => overlap(box, other.box) >= SAME_FACE_IOU);
    if (!same) continue;
    left.delete(same);
    pairs += 1;
  }
  return pairs;
}

function overlap(a: Face['box'], b: Face['box']): number {
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x));
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

/** Visits that the audience counts from these faces alone. */
function people(seen: Block['seen']): number {
  const audience = createAudience();
  for (const { atMs, faces } of seen) audience.observe({ kind: 'frame', atMs, widthPx: 960, heightPx: 540, faces: [...faces], bodies: null });
  return audience.close().length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
