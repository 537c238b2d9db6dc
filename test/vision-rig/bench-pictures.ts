import { openClip } from '../../renderer/vision/worker/clip.ts';
import type { Picture } from '../../renderer/vision/worker/pictures.ts';
import type { PictureSource } from './calls.ts';

/** Where the five portraits stand in the package's picture, px. */
export const PORTRAITS = [10, 163, 320, 476, 630].map((x) => ({ x, y: 346, size: 150 }));

/** Pictures in memory, over and over, with a time that goes on growing: every contender sees the same ones. */
export interface BenchPictures {
  readonly count: number;
  readonly widthPx: number;
  readonly heightPx: number;
  next(): { readonly bitmap: ImageBitmap; readonly atMs: number };
}

export async function benchPictures(source: PictureSource): Promise<BenchPictures> {
  const made = source.kind === 'clip' ? await fromClip(source.url, source.most) : await fromPortraits(source.url, source.count);
  const [first] = made;
  if (!first) throw new Error('the source holds no picture');
  const stepMs = (made.at(-1)?.atMs ?? 0) / Math.max(1, made.length - 1) || 100;
  let index = 0;
  return {
    count: made.length,
    widthPx: first.bitmap.width,
    heightPx: first.bitmap.height,
    next() {
      const picture = made[index % made.length] ?? first;
      const round = Math.floor(index / made.length);
      index += 1;
      return { bitmap: picture.bitmap, atMs: picture.atMs + round * made.length * stepMs };
    },
  };
}

async function fromClip(url: string, most: number): Promise<{ bitmap: ImageBitmap; atMs: number }[]> {
  const clip = await openClip(url);
  const made: { bitmap: ImageBitmap; atMs: number }[] = [];
  for await (const picture of clip.frames()) {
    if (made.length < most) made.push({ bitmap: bitmapOf(picture), atMs: picture.atMs });
    picture.close();
    if (made.length >= most) break;
  }
  return made;
}

function bitmapOf(picture: Picture): ImageBitmap {
  const canvas = new OffscreenCanvas(picture.widthPx, picture.heightPx);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  picture.drawOn(context, canvas.width, canvas.height);
  return canvas.transferToImageBitmap();
}

/** Four people who sway to and fro at 10 pictures a second before a grey wall. */
async function fromPortraits(url: string, count: number): Promise<{ bitmap: ImageBitmap; atMs: number }[]> {
  const sheet = await createImageBitmap(await (await fetch(url)).blob());
  return Array.from({ length: count }, (_, index) => {
    const canvas = new OffscreenCanvas(960, 540);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = '#8a8f94';
    context.fillRect(0, 0, 960, 540);
    for (const [who, { x, y, size }] of PORTRAITS.slice(0, 4).entries()) {
      const left = 30 + 235 * who + 20 * Math.sin(index / 7 + who);
      context.drawImage(sheet, x, y, size, size, left, 150 + 10 * Math.cos(index / 5 + who), 190, 190);
    }
    return { bitmap: canvas.transferToImageBitmap(), atMs: 100 * index };
  });
}
