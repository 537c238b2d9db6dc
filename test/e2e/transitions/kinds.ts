import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { DESCRIPTOR_TYPES, type Creative, type Source } from '../../../src/contract/index.ts';
import { pdf } from '../../content/pdf.ts';
import type { LiveStream } from '../../content/live-stream.ts';
import type { Site } from '../../content/site.ts';
import { zip } from '../../content/zip.ts';

/** A type of content, and how a small file of it is made whose picture has one colour, or nearly so. */
export interface Kind {
  readonly kind: Creative['kind'];
  readonly mediaType: string;
  /** Where a container alone does not say what the decoder has to do. */
  readonly codec?: string;
  /** @param page of the browser that will show it, to draw and film in */
  readonly make: (colour: string, page: Page, mediaType: string) => Promise<Buffer> | string;
}

/** What a programme may show. A new type is one more line. */
export const KINDS: readonly Kind[] = [
  { kind: 'image', mediaType: 'image/png', make: drawn },
  { kind: 'image', mediaType: 'image/jpeg', make: drawn },
  { kind: 'image', mediaType: 'image/webp', make: drawn },
  { kind: 'image', mediaType: 'image/avif', make: () => sample('one-colour.avif') },
  { kind: 'image', mediaType: 'image/svg+xml', make: (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="${colour}"/></svg>` },
  { kind: 'video', mediaType: 'video/mp4', make: filmed },
  { kind: 'video', mediaType: 'video/webm', make: filmed },
  { kind: 'video', mediaType: 'video/mp4', codec: 'AV1', make: () => sample('one-colour-av1.mp4') },
  { kind: 'audio', mediaType: 'audio/mpeg', make: heard },
  { kind: 'image', mediaType: 'image/gif', make: blinking },
  { kind: 'pdf', mediaType: 'application/pdf', make: printed },
  { kind: 'html', mediaType: 'text/html', make: pageOf },
  { kind: 'package', mediaType: 'application/zip', make: (colour) => Promise.resolve(zip([{ name: 'index.html', content: pageOf(colour) }])) },
  { kind: 'web', mediaType: DESCRIPTOR_TYPES.web, make: () => JSON.stringify({ v: 1, source: 'page' }) },
  { kind: 'ticker', mediaType: DESCRIPTOR_TYPES.ticker, make: (colour) => JSON.stringify({ v: 1, source: 'news', colour: hexOf(colour), background: hexOf(colour), otherwise: ['Letters of the colour that they stand on'] }) },
];

/** Beside them where there is a stream that is live, which takes FFmpeg. */
export const STREAM: Kind = { kind: 'stream', mediaType: DESCRIPTOR_TYPES.stream, make: () => JSON.stringify({ v: 1, source: 'camera' }) };
export const STREAM_PICTURE = 'color=c=0xC8EB1E:size=640x360';

/** What the sources have that `web`, `ticker` and `stream` name, on a site of the test's own: a page, no news, and what is live. */
export function answerFor(kinds: readonly Kind[], stream: LiveStream | null): Parameters<Site['answer']>[0] {
  const page = pageOf(colourOf(kinds.findIndex(({ kind }) => kind === 'web'), kinds.length));
  return (request, response) => {
    if (request.url === '/page') response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    else if (stream?.answer(request, response) !== true) response.writeHead(404).end();
  };
}

export function sourcesAt({ origin }: Pick<Site, 'origin'>): readonly Source[] {
  return [
    { id: 'page', kind: 'web', url: `${origin}/page`, onSite: true },
    { id: 'news', kind: 'feed', url: `${origin}/news`, onSite: true },
    { id: 'camera', kind: 'stream', url: `${origin}/live/master.m3u8`, onSite: true },
  ];
}

function pageOf(colour: string): string {
  return `<!doctype html><html style="background:${colour}"><title>One colour</title>`;
}

function hexOf(colour: string): string {
  return `#${Buffer.from(numbersOf(colour)).toString('hex')}`;
}

/**
 * Every colour has the same red and the same blue, so every mixture of two has them too: whatever else is seen is none of the
 * creatives. They are told apart by their green: 40 to 190 of those that are made here, above it of those that are made already.
 */
export const RED = 200;
export const BLUE = 30;

/** A file of a type, with a colour of its own. */
export interface Made extends Pick<Kind, 'kind' | 'mediaType' | 'codec'> {
  readonly content: Buffer | string;
}

/** One file of each, one after the other: a page that draws and films all at once has no time to say that it lives. */
export async function makeAll(kinds: readonly Kind[], page: Page): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const [index, { make, ...kind }] of kinds.entries()) made.push({ ...kind, content: await make(colourOf(index, kinds.length), page, kind.mediaType) });
  return made;
}

function colourOf(index: number, of: number): string {
  return `rgb(${RED}, ${40 + Math.round((index * 150) / Math.max(1, of - 1))}, ${BLUE})`;
}

const SIZE = { width: 1280, height: 720 };
/** Longer than it is ever shown. */
const FILM_MS = 3_000;

async function drawn(colour: string, page: Page, type: string): Promise<Buffer> {
  const bytes = await page.evaluate(
    async ({ fill, size, mediaType }) => {
      const canvas = new OffscreenCanvas(size.width, size.height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.fillStyle = fill;
      context.fillRect(0, 0, size.width, size.height);
      return [...new Uint8Array(await (await canvas.convertToBlob({ type: mediaType, quality: 0.95 })).arrayBuffer())];
    },
    { fill: colour, size: SIZE, mediaType: type },
  );
  return Buffer.from(bytes);
}

function sample(name: string): Promise<Buffer> {
  return readFile(new URL(`../../content/samples/${name}`, import.meta.url));
}

/** A tone. The card that is seen meanwhile has many colours: in this page it gets one. */
async function heard(colour: string, page: Page): Promise<Buffer> {
  await page.evaluate((fill) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.audio-card { background: ${fill} !important } .audio-card * { visibility: hidden }`);
    document.adoptedStyleSheets.push(sheet);
  }, colour);
  return sample('tone.mp3');
}

/** Two frames of one pixel each, a little apart in green (GIF89a; each pixel is one LZW code between a clear and an end). */
function blinking(colour: string): Promise<Buffer> {
  const [red = 0, green = 0, blue = 0] = numbersOf(colour);
  const frame = (pixel: string): string => `21f904000a0000002c00000000010001000002024${pixel}0100`;
  return Promise.resolve(Buffer.from(`47494638396101000100800000${Buffer.from([red, green, blue, red, green + 3, blue]).toString('hex')}21ff0b4e45545343415045322e300301000000${frame('4')}${frame('c')}3b`, 'hex'));
}

/** One page, without its number. */
function printed(colour: string): Promise<Buffer> {
  const [red = 0, green = 0, blue = 0] = numbersOf(colour).map((channel) => channel / 255);
  return Promise.resolve(Buffer.from(pdf([[red, green, blue]]).toString('latin1').replace('(Page 1)', '(      )'), 'latin1'));
}

function numbersOf(colour: string): number[] {
  return (colour.match(/\d+/g) ?? []).map(Number);
}

/** Filmed as it is drawn. A bar that is a little darker runs through it, or there would be nothing to film. */
async function filmed(colour: string, page: Page, type: string): Promise<Buffer> {
  const bytes = await page.evaluate(
    async ({ fill, size, mediaType, lengthMs }) => {
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width: size.width / 2, height: size.height / 2 });
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      const draw = (): void => {
        context.fillStyle = fill;
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.fillStyle = fill.replace(/, \d+,/, (green) => `, ${String(Number(green.slice(2, -1)) - 10)},`);
        context.fillRect((performance.now() / 5) % canvas.width, 0, 40, canvas.height);
      };
      draw();
      const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: mediaType === 'video/mp4' ? 'video/mp4;codecs=avc1.42E01E' : 'video/webm;codecs=vp9', videoBitsPerSecond: 2_000_000 });
      const parts: Blob[] = [];
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
      const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve));
      const drawing = setInterval(draw, 40);
      recorder.start();
      await new Promise((resolve) => setTimeout(resolve, lengthMs));
      recorder.stop();
      await ended;
      clearInterval(drawing);
      return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
    },
    { fill: colour, size: SIZE, mediaType: type, lengthMs: FILM_MS },
  );
  return Buffer.from(bytes);
}
