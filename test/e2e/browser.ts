import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findInstalledBrowser, unpackBundledBrowser, type BrowserProgram } from '../../src/shells/index.ts';

/** The browser of the end-to-end tests: the one in the packages, or an installed one where that has no binary. */
export async function testBrowser(): Promise<BrowserProgram> {
  const browser = (await unpackBundledBrowser()) ?? findInstalledBrowser();
  if (browser === null) throw new Error('no Chromium for this platform; install one or set LITFASS_CHROMIUM');
  return browser;
}

/**
 * Chromium's arguments for a camera that shows real faces: the photographs that come with the vision package, as MJPEG,
 * which is one JPEG after the other.
 */
export async function facesAsCamera(dir: string): Promise<readonly string[]> {
  const main = createRequire(import.meta.url).resolve('@vladmandic/human');
  const faces = await readFile(join(dirname(main), '../assets/samples.jpg'));
  const file = join(dir, 'faces.mjpeg');
  await writeFile(file, Buffer.concat(Array.from({ length: 10 }, () => faces)));
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
}
