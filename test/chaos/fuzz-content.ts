// Throws broken pictures, films, sounds, drawings, packages, feeds and pages at whoever looks at them before anybody shows them: each
// must be taken or refused with a LitfassError, and soon. Lengths are the favourite lie: they are set to the largest and smallest
// numbers that fit, and pieces are repeated thousands of times. What aborts the process ends this with its signal, what hangs
// stays at its name. Run it with `npm run fuzz:content -- [inputs]`; prints the counts, exits 1 at the first finding.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { examineMedia, openPackage } from '../../src/content/index.ts';
import { parseFeed } from '../../src/content/sources/feed.ts';
import { LitfassError } from '../../src/contract/index.ts';
import { doctypeEnd } from '../../src/player/content/doctype.ts';
import { zip } from '../content/zip.ts';

const INPUTS = Number(process.argv[2] ?? 20_000);
/** CPU time, which a busy machine does not stretch. What is in proportion to a file of 2 MB takes a tenth of it. */
const MOST_CPU_MS = 5_000;
const MOST_BYTES = 2_000_000;
const SAMPLES = new URL('../content/samples/', import.meta.url);
const TYPES: Readonly<Record<string, string>> = { '.mp4': 'video/mp4', '.webm': 'video/webm', '.webp': 'image/webp', '.gif': 'image/gif', '.png': 'image/png', '.avif': 'image/avif', '.jpg': 'image/jpeg', '.flac': 'audio/flac', '.m4a': 'audio/mp4', '.mp3': 'audio/mpeg', '.ogg': 'audio/ogg', '.wav': 'audio/wav' };
const LIES = [0, 1, 7, 8, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffa, 0xffff_ffff];

interface Target {
  readonly name: string;
  readonly seed: Buffer;
  readonly look: (input: Buffer) => Promise<unknown>;
}

const dir = await mkdtemp(join(tmpdir(), 'litfass-fuzz-'));
const file = join(dir, 'file');

const examined = (name: string, seed: Buffer, mediaType: string): Target => ({
  name,
  seed,
  async look(input) {
    await writeFile(file, input);
    await examineMedia(file, mediaType);
  },
});

const packed = zip([{ name: 'index.html', content: '<!doctype html><p>Soup' }, { name: 'litfass.json', content: '{"v":1,"fields":[]}' }, { name: 'img/a.svg', content: '<svg/>' }]);
const films = await Promise.all((await readdir(SAMPLES)).filter((name) => extname(name) in TYPES).map(async (name) => examined(name, await readFile(new URL(name, SAMPLES)), TYPES[extname(name)] ?? '')));
const targets: readonly Target[] = [
  ...films,
  examined('drawing', Buffer.from('<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"><defs><g id="a"><rect fill="url(#p)" style=\'mask: url("#m")\'/></g><pattern id="p"/></defs><use href="#a"/><![CDATA[b]]></svg>'), 'image/svg+xml'),
  {
    name: 'package',
    seed: packed,
    async look(input) {
      await writeFile(file, input);
      const opened = await openPackage(file);
      for (const name of ['index.html', 'img/a.svg']) await opened.read(name);
    },
  },
  { name: 'feed', seed: Buffer.from('<rss><channel><item><title><![CDATA[Soup <b>&amp;amp;</b> &#252;]]></title></item><item><title>Bread</title></item></channel></rss>'), look: (input) => Promise.resolve(parseFeed(input.toString())) },
  { name: 'page', seed: Buffer.from('\ufeff <!-- a --><!--> <!--- --!><!doctype html><p>Soup'), look: (input) => Promise.resolve(doctypeEnd(input.toString('latin1'))) },
];

try {
  for (const target of targets) await fuzz(target, Math.ceil(INPUTS / targets.length));
} finally {
  await rm(dir, { recursive: true });
}

async function fuzz({ name, seed, look }: Target, inputs: number): Promise<void> {
  process.stdout.write(`${name}: `);
  await look(seed);
  let taken = 0;
  let slowestMs = 0;
  for (let done = 0; done < inputs; done += 1) {
    const input = mutated(seed);
    const before = process.cpuUsage();
    try {
      await look(input);
      taken += 1;
    } catch (error) {
      if (!(error instanceof LitfassError)) await fail(name, input, error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
    const { user, system } = process.cpuUsage(before);
    slowestMs = Math.max(slowestMs, (user + system) / 1_000);
    if (slowestMs > MOST_CPU_MS) await fail(name, input, `took ${Math.round(slowestMs)} ms`);
  }
  process.stdout.write(`${inputs} inputs, ${inputs - taken} refused, ${taken} taken, the slowest in ${Math.round(slowestMs)} ms, 0 findings\n`);
}

function mutated(seed: Buffer): Buffer {
  let bytes: Buffer = Buffer.from(seed);
  for (let times = 1 + Math.floor(Math.random() * 4); times > 0; times -= 1) {
    // The ends say what a file is and where everything lies.
    const reach = Math.random() < 0.7 ? Math.min(bytes.length, 512) : bytes.length;
    const place = Math.floor(Math.random() * reach);
    const at = Math.random() < 0.3 ? Math.max(0, bytes.length - 1 - place) : place;
    const kind = Math.random();
    if (kind < 0.25 && bytes.length > 0) bytes[at] = Math.floor(Math.random() * 256);
    else if (kind < 0.6) bytes = lied(bytes, at);
    else if (kind < 0.75) bytes = bytes.subarray(0, at);
    else if (kind < 0.9) {
      const piece = bytes.subarray(at, at + 1 + Math.floor(Math.random() * 64));
      const repeated = Math.min(2 ** Math.floor(Math.random() * 17), Math.floor(MOST_BYTES / Math.max(1, piece.length)));
      bytes = Buffer.concat([bytes.subarray(0, at), ...Array.from({ length: repeated }, () => piece), bytes.subarray(at)]).subarray(0, MOST_BYTES);
    } else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + Math.floor(Math.random() * 64))]);
  }
  return Buffer.from(bytes);
}

/** A number in place of what is there, in either order of its bytes. */
function lied(bytes: Buffer, at: number): Buffer {
  const lie = LIES[Math.floor(Math.random() * LIES.length)] ?? 0;
  if (at + 4 > bytes.length) return bytes;
  if (Math.random() < 0.5) bytes.writeUInt32LE(lie, at);
  else bytes.writeUInt32BE(lie, at);
  return bytes;
}

async function fail(name: string, input: Buffer, why: string): Promise<never> {
  const kept = join(tmpdir(), `litfass-fuzz-${name}`);
  await writeFile(kept, input);
  process.stdout.write(`\nFINDING in ${name}: ${why}\ninput: ${kept}\n`);
  process.exit(1);
}
