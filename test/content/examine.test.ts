import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examineMedia } from '../../src/content/index.ts';
import { pdf } from './pdf.ts';
import { png } from './png.ts';

const sample = (name: string): Promise<Buffer> => readFile(new URL(`samples/${name}`, import.meta.url));

let dir: string;
beforeAll(async () => void (dir = await mkdtemp(join(tmpdir(), 'litfass-examine-'))));
afterAll(() => rm(dir, { recursive: true }));

async function examine(bytes: Buffer | string, claimed: string): Promise<string> {
  const path = join(dir, 'file');
  await writeFile(path, bytes);
  return examineMedia(path, claimed);
}

const PICTURES = [
  ['still.jpg', 'image/jpeg'],
  ['moving.gif', 'image/gif'],
  ['moving.png', 'image/png'],
  ['moving.webp', 'image/webp'],
  ['lossy.webp', 'image/webp'],
  ['lossless.webp', 'image/webp'],
  ['still.avif', 'image/avif'],
] as const;

describe('a file is examined before anybody decodes it', () => {
  it.each(PICTURES)('%s is %s', async (name, mediaType) => {
    expect(await examine(await sample(name), mediaType)).toBe(mediaType);
  });

  it.each(PICTURES)('%s that breaks off is refused', async (name, mediaType) => {
    const whole = await sample(name);
    for (const share of [0.9, 0.5]) await expect(examine(whole.subarray(0, whole.length * share), mediaType)).rejects.toMatchObject({ code: 'media-damaged' });
  });

  it.each([
    ['av1.mp4', 'video/mp4'],
    ['h264.mp4', 'video/mp4'],
    ['hevc.mp4', 'video/mp4'],
    ['vp9.webm', 'video/webm'],
  ] as const)('%s is whole, and refused when it breaks off', async (name, mediaType) => {
    const whole = await sample(name);
    expect(await examine(whole, mediaType)).toBe(mediaType);
    await expect(examine(whole.subarray(0, whole.length - 100), mediaType)).rejects.toMatchObject({ code: 'media-damaged', message: expect.stringContaining('ends too early') as string });
  });

  it.each([
    ['tone.mp3', 'audio/mpeg'],
    ['tone.m4a', 'audio/mp4'],
    ['tone.ogg', 'audio/ogg'],
    ['tone.flac', 'audio/flac'],
    ['tone.wav', 'audio/wav'],
  ] as const)('%s is %s, nothing to look at, and refused when it breaks off', async (name, mediaType) => {
    const whole = await sample(name);
    expect(await examine(whole, mediaType)).toBe(mediaType);
    await expect(examine(whole, 'image/png')).rejects.toMatchObject({ code: 'media-type' });
    for (const bytes of [whole.length / 2, whole.length - 100, whole.length - 1]) await expect(examine(whole.subarray(0, bytes), mediaType)).rejects.toMatchObject({ code: 'media-damaged', message: expect.stringContaining('ends too early') as string });
  });

  it('a recording that does not say how long it is, and sound with a tag behind it, are taken as they are', async () => {
    const film = await sample('vp9.webm');
    const size = film.indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67])) + 4;
    expect(await examine(film.fill(0xff, size + 1, size + 8).fill(0x01, size, size + 1), 'video/webm')).toBe('video/webm');
    const tag = Buffer.alloc(128).fill('TAG', 0, 3);
    for (const [name, mediaType] of [['tone.flac', 'audio/flac'], ['tone.mp3', 'audio/mpeg'], ['tone.ogg', 'audio/ogg']] as const) expect(await examine(Buffer.concat([await sample(name), tag]), mediaType), name).toBe(mediaType);
  });

  it('a PDF that breaks off is refused', async () => {
    const menu = pdf([[1, 0, 0]]);
    expect(await examine(menu, 'application/pdf')).toBe('application/pdf');
    await expect(examine(menu.subarray(0, menu.length / 2), 'application/pdf')).rejects.toMatchObject({ code: 'media-damaged' });
  });

  it('a picture is what its bytes say, whatever its name says', async () => {
    expect(await examine(await sample('still.jpg'), 'image/png')).toBe('image/jpeg');
    await expect(examine(await sample('still.jpg'), 'video/mp4')).rejects.toMatchObject({ code: 'media-type', message: expect.stringContaining('image/jpeg, not video/mp4') as string });
    await expect(examine(await sample('h264.mp4'), 'image/png')).rejects.toMatchObject({ code: 'media-type' });
  });

  it('bytes that are nothing at all are refused for every type', async () => {
    for (const mediaType of ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/svg+xml', 'video/mp4', 'video/webm', 'text/html']) {
      for (const bytes of [Buffer.alloc(900, 7).fill(0, 100, 110), Buffer.from([0])]) await expect(examine(bytes, mediaType), mediaType).rejects.toMatchObject({ code: 'media-damaged' });
    }
  });

  it('a picture of 500 megapixels is refused, though its file is small, and one that fills an 8K panel is not', async () => {
    const huge = png(25_000, 20_000);
    expect(huge.length).toBeLessThan(1_000_000);
    await expect(examine(huge, 'image/png')).rejects.toMatchObject({ code: 'picture-too-large', message: expect.stringMatching(/25000 × 20000 pixels \(500 megapixels\).*2000 MB.*Save it smaller/) as string });
    expect(await examine(png(7_680, 4_320), 'image/png')).toBe('image/png');
  });

  it.each(PICTURES.filter(([name]) => name !== 'moving.png'))('%s with a size in its header that no memory holds is refused', async (name, mediaType) => {
    await expect(examine(blownUp(name, await sample(name)), mediaType)).rejects.toMatchObject({ code: 'picture-too-large' });
  });

  it('a box of a picture holds nothing that lies beyond its end, and costs nothing there', async () => {
    const type = box('ftyp', Buffer.from('avif\0\0\0\0avif'));
    const size = box('iprp', box('ipco', box('ispe', Buffer.from([0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 9]))));
    const whole = Buffer.concat([type, box('meta', Buffer.alloc(4), size)]);
    expect(await examine(whole, 'image/avif')).toBe('image/avif');
    whole.writeUInt32BE(20, type.length);
    await expect(examine(whole, 'image/avif')).rejects.toMatchObject({ code: 'media-damaged' });
    const reaching = box('meta', Buffer.alloc(4), box('iprp', Buffer.alloc(0)).fill(0x00, 0, 1).fill(0x10, 1, 2));
    await expect(examine(Buffer.concat([type, ...Array.from({ length: 50_000 }, () => reaching)]), 'image/avif')).rejects.toMatchObject({ code: 'media-damaged' });
  });

  it('a drawing needs an <svg> element, and text holds no binary', async () => {
    expect(await examine('<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml')).toBe('image/svg+xml');
    await expect(examine(`<svg xmlns="http://www.w3.org/2000/svg">${'<rect/>'.repeat(60_000)}</svg>`, 'image/svg+xml')).rejects.toMatchObject({ code: 'drawing-too-large' });
    await expect(examine(`<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(20_000_000)}</svg>`, 'image/svg+xml')).rejects.toMatchObject({ code: 'drawing-too-large' });
    await expect(examine('<html></html>', 'image/svg+xml')).rejects.toMatchObject({ code: 'media-damaged' });
    await expect(examine('<p>\0</p>', 'text/html')).rejects.toMatchObject({ code: 'media-damaged' });
  });
});

/** A box of an ISO base media file. */
function box(type: string, ...content: readonly Buffer[]): Buffer {
  const inner = Buffer.concat(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(8 + inner.length);
  return Buffer.concat([length, Buffer.from(type), inner]);
}

/** The same picture, with a size of tens of thousands of pixels where its format keeps it. */
function blownUp(name: (typeof PICTURES)[number][0], bytes: Buffer): Buffer {
  const places: Readonly<Record<string, readonly [from: number, to: number]>> = {
    'still.jpg': [bytes.indexOf(Buffer.from([0xff, 0xc0])) + 5, bytes.indexOf(Buffer.from([0xff, 0xc0])) + 9],
    'moving.gif': [6, 10],
    'moving.webp': [24, 30],
    'lossy.webp': [26, 30],
    'lossless.webp': [21, 25],
    'still.avif': [bytes.indexOf('ispe') + 8, bytes.indexOf('ispe') + 16],
  };
  return bytes.fill(0x7f, ...(places[name] ?? []));
}
