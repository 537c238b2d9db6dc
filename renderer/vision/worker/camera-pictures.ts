import type { CameraPicture, PictureMessage } from '../messages.ts';
import { SensorTrouble } from '../trouble.ts';
import { createPace, type Picture, type Pictures } from './pictures.ts';

/** A camera that gives no picture for so long gives none. */
const STALL_MS = 5_000;

/** The camera as `Pictures`: the page's newest one, whenever one is due. @param ask resolves with a picture of its own */
export function cameraPictures(ask: () => Promise<PictureMessage>, perSecond: number): Pictures {
  const pace = createPace(perSecond);
  return {
    async next() {
      await pace();
      const { image, atMs } = await within(STALL_MS, ask());
      return pictureOf(image, atMs);
    },
  };
}

async function within(limitMs: number, picture: Promise<PictureMessage>): Promise<PictureMessage> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SensorTrouble('blind', `camera-stalled: the camera has given no picture for ${limitMs / 1000} s; plug it in again`)), limitMs);
  });
  try {
    return await Promise.race([picture, stalled]);
  } finally {
    clearTimeout(timer);
  }
}

function pictureOf(image: CameraPicture, atMs: number): Picture {
  const [widthPx, heightPx] = 'displayWidth' in image ? [image.displayWidth, image.displayHeight] : [image.width, image.height];
  return {
    atMs,
    widthPx,
    heightPx,
    drawOn: (context, width, height) => context.drawImage(image, 0, 0, width, height),
    close: () => image.close(),
  };
}
