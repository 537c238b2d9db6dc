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
  const jpegs = await drawPortraits(picture.toString('base64'), PORTRAITS.slice(0, people));
  const file = join(dir, 'faces.mjpeg');
  await writeFile(file, Buffer.concat(jpegs));
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
}

/** Ten pictures in which everybody sways a little: a camera that gave one picture ten times would be called frozen. */
async function drawPortraits(picture: string, portraits: typeof PORTRAITS): Promise<Buffer[]> {
  const opened = await openPage({ browser: await testBrowser(), url: 'about:blank', window: 'headless', onProblem: () => undefined });
  try {
    const pictures = await opened.page.evaluate(
      async ([base64, places]) => {
        const source = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${base64}`)).blob());
        const canvas = new OffscreenCanvas(1280, 720);
        const context = canvas.getContext('2d');
        if (context === null) throw new Error('no canvas');
        const width = 1280 / places.length;
        const size = Math.min(360, width - 40);
        const drawn: number[][] = [];
        for (let index = 0; index < 10; index++) {
          context.fillStyle = '#8a8f94';
          context.fillRect(0, 0, 1280, 720);
          const sway = 3 * Math.sin((index / 10) * 2 * Math.PI);
          for (const [who, place] of places.entries()) context.drawImage(source, place.x, place.y, place.size, place.size, who * width + (width - size) / 2 + sway, 120, size, size);
          drawn.push([...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })).arrayBuffer())]);
        }
        return drawn;
      },
      [picture, portraits] as const,
    );
    return pictures.map((bytes) => Buffer.from(bytes));
  } finally {
    await opened.close();
  }
}
