// Renders every media file of the demo programme from the scenes beside this file. Development only: the product ships
// the results. Usage: LITFASS_CHROMIUM=/path/to/chromium node assets/demo/source/render.ts [scene ...]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { LitfassError } from '../../../src/contract/index.ts';

const SOURCE = new URL('./', import.meta.url);
const MEDIA = new URL('../media/', SOURCE);
const FRAMES_PER_SECOND = 30;

const STILLS = ['loaf', 'cheese', 'notice', 'coffee', 'cake', 'recipe', 'box'];
const FILMS = [
  { scene: 'pretzel', seconds: 8, file: 'pretzel.mp4', codec: ['-c:v', 'libx264', '-preset', 'slow', '-crf', '20', '-movflags', '+faststart'] },
  { scene: 'eggs', seconds: 6, file: 'eggs.webm', codec: ['-c:v', 'libvpx-vp9', '-crf', '26', '-b:v', '0', '-row-mt', '1'] },
];
const LIVE = ['oven'];

/** Flat colour and sharp type: lossless is cleaner and, here, no larger than a good lossy picture. */
async function renderStill(browser: Browser, scene: string): Promise<void> {
  await using page = await openScene(browser, scene, { width: 1920, height: 1080 });
  await encode([await page.screenshot()], ['-c:v', 'libwebp', '-lossless', '1', '-compression_level', '6'], `${scene}.webp`);
}

/** A film's scene has a global `draw(t)`, t in [0, 1): the picture at that share of the loop. */
async function renderFilm(browser: Browser, film: (typeof FILMS)[number]): Promise<void> {
  await using page = await openScene(browser, film.scene, { width: 1280, height: 720 });
  async function* pictures(): AsyncGenerator<Buffer> {
    const frames = film.seconds * FRAMES_PER_SECOND;
    for (let frame = 0; frame < frames; frame++) {
      await page.evaluate(`draw(${frame / frames})`);
      yield await page.screenshot();
    }
  }
  // Untagged video is shown in other colours from player to player, and no longer matches the stills.
  const colours = ['-vf', 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'];
  await encode(pictures(), [...colours, ...film.codec], film.file);
}

/** A live creative is one file: its style sheet, script and font move inside it. */
async function bundleLive(scene: string): Promise<void> {
  const url = new URL(`scenes/${scene}.html`, SOURCE);
  let html = await readFile(url, 'utf8');
  for (const [tag, href] of html.matchAll(/<link rel="stylesheet" href="([^"]+)">/g)) {
    const css = await inlineFonts(new URL(href ?? '', url));
    html = html.replace(tag, () => `<style>\n${css}</style>`);
  }
  for (const [tag, src] of html.matchAll(/<script src="([^"]+)"><\/script>/g)) {
    const script = await readFile(new URL(src ?? '', url), 'utf8');
    html = html.replace(tag, () => `<script>\n${script}</script>`);
  }
  await writeFile(new URL(`${scene}.html`, MEDIA), html);
}

async function inlineFonts(styleSheet: URL): Promise<string> {
  let css = await readFile(styleSheet, 'utf8');
  for (const [call, path] of css.matchAll(/url\(([^")]+\.woff2)\)/g)) {
    const font = await readFile(new URL(path ?? '', styleSheet));
    css = css.replace(call, `url(data:font/woff2;base64,${font.toString('base64')})`);
  }
  return css;
}

async function openScene(browser: Browser, scene: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await browser.newPage({ viewport });
  page.on('pageerror', (error) => { throw new LitfassError('scene-failed', `scene "${scene}" failed: ${error.message}`, { cause: error }); });
  await page.goto(new URL(`scenes/${scene}.html`, SOURCE).href);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  return page;
}

/** Writes one silent media file from PNG pictures; `options` are ffmpeg's for the output. */
async function encode(pictures: Iterable<Buffer> | AsyncIterable<Buffer>, options: readonly string[], file: string): Promise<void> {
  const input = ['-f', 'image2pipe', '-framerate', String(FRAMES_PER_SECOND), '-c:v', 'png', '-i', '-'];
  const ffmpeg = spawn('ffmpeg', ['-v', 'error', '-y', ...input, ...options, '-an', fileURLToPath(new URL(file, MEDIA))], { stdio: ['pipe', 'inherit', 'inherit'] });
  await once(ffmpeg, 'spawn').catch((error: unknown) => {
    throw new LitfassError('ffmpeg-missing', 'ffmpeg could not be started: install it (for example "apt-get install ffmpeg") and run again', { cause: error });
  });
  const closed = once(ffmpeg, 'close') as Promise<[number | null]>;
  const fault = await pipeline(pictures, ffmpeg.stdin).then(() => undefined, (error: unknown) => error);
  const [code] = await closed;
  if (code !== 0) throw new LitfassError('ffmpeg-failed', `ffmpeg ended with ${code ?? 'a signal'} while it wrote "${file}"; its own message stands above`, { cause: fault });
  if (fault !== undefined) throw fault;
}

async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['LITFASS_CHROMIUM'];
  if (executablePath === undefined) throw new LitfassError('browser-missing', 'LITFASS_CHROMIUM is not set: give it the path of a Chrome or Chromium and run again');
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--force-color-profile=srgb'] });
}

const known = [...STILLS, ...FILMS.map((film) => film.scene), ...LIVE];
const asked = process.argv.slice(2);
for (const scene of asked) if (!known.includes(scene)) throw new LitfassError('scene-unknown', `there is no scene "${scene}"; choose from ${known.join(', ')}`);
const wanted = (scene: string): boolean => asked.length === 0 || asked.includes(scene);

await using browser = await openBrowser();
for (const scene of STILLS) if (wanted(scene)) await renderStill(browser, scene);
for (const film of FILMS) if (wanted(film.scene)) await renderFilm(browser, film);
for (const scene of LIVE) if (wanted(scene)) await bundleLive(scene);
