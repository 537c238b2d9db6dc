import { readFile } from 'node:fs/promises';
import { LitfassError } from '../../contract/index.ts';
import { descriptorKindOf, readDescriptor } from '../descriptors.ts';
import { openPackage } from '../packages/html-package.ts';
import { readContainer } from './container.ts';
import { examineDrawing } from './drawing.ts';
import { readPictureHeader, type PictureHeader } from './picture-header.ts';
import { sampleFile, type SampledFile } from './sampled-file.ts';

/**
 * Most pixels of a picture. A decoded one takes four bytes a pixel, so this is 256 MB, beside the one in front; a panel with
 * 7680 × 4320 shows half of it. Without a bound, a small file of one colour can ask for gigabytes and take the screen down.
 */
const MOST_PIXELS = 64_000_000;
/** A drawing is read as a whole, which takes a second for so much. */
const MOST_DRAWING_BYTES = 20_000_000;

/**
 * Looks at a file without decoding it: what it is, whether all of it is there, whether a screen can hold it.
 *
 * @param claimed media type that its name or its sender says
 * @returns the media type that its bytes say, where it is one of the same sort: a JPEG called `menu.png` is a JPEG
 * @throws LitfassError `media-type` (something else altogether), `media-damaged`, `picture-too-large`, what `examineDrawing`,
 *   `openPackage` and `readDescriptor` throw, or the file system's
 */
export async function examineMedia(path: string, claimed: string): Promise<string> {
  const file = await sampleFile(path);
  const picture = readPictureHeader(file);
  if (picture !== null) return examinePicture(picture, claimed);
  const container = readContainer(file);
  if (container !== null) {
    const mediaType = container.mediaTypes.find((each) => each === claimed) ?? container.mediaTypes.find((each) => sortOf(each) === sortOf(claimed));
    if (mediaType === undefined) throw notWhatItSays(container.mediaTypes.join(' or '), claimed);
    if (!container.isComplete) throw damaged(mediaType, 'it ends too early');
    if (mediaType === 'application/zip') await openPackage(path);
    return mediaType;
  }
  const descriptor = descriptorKindOf(claimed);
  if (descriptor !== null) {
    await readDescriptor(path, descriptor);
    return claimed;
  }
  if (!TEXT_TYPES.test(claimed)) throw damaged(claimed, 'its first bytes are those of no such file');
  examineText(file, claimed);
  if (claimed !== 'image/svg+xml') return claimed;
  if (file.bytes > MOST_DRAWING_BYTES) throw new LitfassError('drawing-too-large', `the drawing has ${Math.round(file.bytes / 1e6)} MB, and ${MOST_DRAWING_BYTES / 1e6} MB is the most. Simplify it, or save it as a PNG.`);
  examineDrawing(await readFile(path, 'utf8'));
  return claimed;
}

/** Types without a signature: they are read, not recognised. */
const TEXT_TYPES = /^(image\/svg\+xml|text\/html)$/;

function examinePicture({ mediaType, width, height, isComplete }: PictureHeader, claimed: string): string {
  if (sortOf(claimed) !== 'image' || claimed === 'image/svg+xml') throw notWhatItSays(mediaType, claimed);
  if (width === 0 || height === 0) throw damaged(mediaType, 'its header says no size');
  if (width * height > MOST_PIXELS) {
    throw new LitfassError('picture-too-large', `the picture has ${width} × ${height} pixels (${Math.round((width * height) / 1e6)} megapixels), and a screen decodes ${MOST_PIXELS / 1e6} at the most: decoded it would take ${Math.ceil((width * height * 4) / 1e6)} MB. Save it smaller; 3840 × 2160 fills a 4K panel.`);
  }
  if (!isComplete) throw damaged(mediaType, 'it ends too early');
  return mediaType;
}

function examineText({ head }: SampledFile, claimed: string): void {
  if (head.includes(0)) throw damaged(claimed, 'it holds bytes that no text has');
  if (claimed === 'image/svg+xml' && !/<([\w-]+:)?svg[\s>]/.test(head.toString('utf8'))) throw damaged(claimed, 'it has no <svg> element');
}

function sortOf(mediaType: string): string {
  return mediaType.split('/')[0] ?? '';
}

function notWhatItSays(found: string, claimed: string): LitfassError {
  return new LitfassError('media-type', `the file is ${found}, not ${claimed}. Correct its name, or the kind of the creative.`);
}

function damaged(mediaType: string, why: string): LitfassError {
  return new LitfassError('media-damaged', `the file is no good ${mediaType}: ${why}. Export or copy it again.`);
}
