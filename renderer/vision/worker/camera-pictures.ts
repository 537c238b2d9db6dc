import type { CameraPicture } from '../messages.ts';
import { SensorTrouble } from '../trouble.ts';
import { createPace, type Picture, type Pictures } from './pictures.ts';

/** A camera that gives no picture for so long gives none. */
const STALL_MS = 5_000;
const POLL_MS = 20;

/**
 * The camera as `Pictures`. The stream is read as fast as it flows and only the newest picture is kept, so that what is
 * analysed is always the present.
 *
 * @param pageNow the page's clock, ms
 */
export function cameraPictures(stream: ReadableStream<CameraPicture>, perSecond: number, pageNow: () => number): Pictures {
  let newest: { image: CameraPicture; atMs: number } | null = null;
  let closed = false;

  async function pump(): Promise<void> {
    for await (const image of stream) {
      newest?.image.close();
      newest = { image, atMs: pageNow() };
    }
  }
  void pump().finally(() => {
    closed = true;
  });

  const pace = createPace(perSecond);
  return {
    async next() {
      await pace();
      const sinceMs = pageNow();
      while (!newest) {
        if (closed) throw new SensorTrouble('absent', 'camera-unplugged: the camera went away; plug it in again');
        if (pageNow() - sinceMs > STALL_MS) throw new SensorTrouble('blind', `camera-stalled: the camera has given no picture for ${STALL_MS / 1000} s; plug it in again`);
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      const { image, atMs } = newest;
      newest = null;
      return pictureOf(image, atMs);
    },
  };
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
