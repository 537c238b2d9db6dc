import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findHeadlessBrowser, openPage, type BrowserProgram } from '../../src/shells/index.ts';

/** The browser of the end-to-end tests: the one in the packages, or an installed one where that has no binary. */
export async function testBrowser(): Promise<BrowserProgram> {
  const browser = await findHeadlessBrowser();
  if (browser === null) throw new Error('no Chromium for this platform; install one or set LITFASS_CHROMIUM');
  return browser;
}

/** Where the five portraits stand in the package's picture `screenshot-facedetect.jpg`, pixels. */
const PORTRAITS = [10, 163, 320, 476, 630].map((x) => ({ x, y: 346, size: 150 }));

/**
 * Chromium's arguments for a camera that shows real faces: portraits that come with the vision package, side by side, as
 * MJPEG, which is one JPEG after the other.
 *
 * @param people how many, up to five
 */
export async function facesAsCamera(dir: string, people: number): Promise<readonly string[]> {
  const main = createRequire(import.meta.url).resolve('@vladmandic/human');
  const picture = await readFile(join(dirname(main), '../assets/screenshot-facedetect.jpg'));
  const jpeg = await drawPortraits(picture.toString('base64'), PORTRAITS.slice(0, people));
  const file = join(dir, 'faces.mjpeg');
  await writeFile(file, Buffer.concat(Array.from({ length: 10 }, () => jpeg)));
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
}

async function drawPortraits(picture: string, portraits: typeof PORTRAITS): Promise<Buffer> {
  const opened = await openPage({ browser: await testBrowser(), url: 'about:blank', window: 'headless', onProblem: () => undefined });
  try {
    const bytes = await opened.page.evaluate(
      async ([base64, places]) => {
        const source = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${base64}`)).blob());
        const canvas = new OffscreenCanvas(1280, 720);
        const context = canvas.getContext('2d');
        if (context === null) throw new Error('no canvas');
        context.fillStyle = '#8a8f94';
        context.fillRect(0, 0, 1280, 720);
        const width = 1280 / places.length;
        const size = Math.min(360, width - 40);
        for (const [index, place] of places.entries()) context.drawImage(source, place.x, place.y, place.size, place.size, index * width + (width - size) / 2, 120, size, size);
        return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })).arrayBuffer())];
      },
      [picture, portraits] as const,
    );
    return Buffer.from(bytes);
  } finally {
    await opened.close();
  }
}
