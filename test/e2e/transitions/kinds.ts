import type { Page } from 'playwright-core';
import type { Creative } from '../../../src/contract/index.ts';

/** A type of content, and how a small file of it is made whose picture has one colour, or nearly so. */
export interface Kind {
  readonly kind: Creative['kind'];
  readonly mediaType: string;
  /** @param page of the browser that will show it, to draw and film in */
  readonly make: (colour: string, page: Page, mediaType: string) => Promise<Buffer> | string;
}

/** All types that a programme may have; a new one is one more line. */
export const KINDS: readonly Kind[] = [
  { kind: 'image', mediaType: 'image/png', make: drawn },
  { kind: 'image', mediaType: 'image/jpeg', make: drawn },
  { kind: 'image', mediaType: 'image/webp', make: drawn },
  { kind: 'image', mediaType: 'image/svg+xml', make: (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720"><rect width="1280" height="720" fill="${colour}"/></svg>` },
  { kind: 'video', mediaType: 'video/mp4', make: filmed },
  { kind: 'video', mediaType: 'video/webm', make: filmed },
  { kind: 'html', mediaType: 'text/html', make: (colour) => `<!doctype html><html style="background:${colour}"><title>One colour</title>` },
];

/**
 * Every colour has the same red and the same blue, so every mixture of two has them too: whatever else is seen is none of the
 * creatives. They are told apart by their green.
 */
export const RED = 200;
export const BLUE = 30;

export function colourOf(index: number, of: number): string {
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
