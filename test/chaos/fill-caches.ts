import type { Page } from 'playwright-core';

/**
 * A browser writes down how it decoded its last thousand pictures, and the last thousand that were drawn from a decoder, with 1 to 4 kB
 * for each, and no want of memory makes it forget them.
 */
const PICTURES = 1_200;
const AT_ONCE = 40;

/**
 * Fills what a page's process fills once, up to a bound of its own, and then never grows again: a play at a time that takes
 * thousands of them, and looks like something that is held on to.
 *
 * @param picture the address of a small one, of any type that has pixels
 */
export async function fillCaches(page: Page, picture: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('Runtime.evaluate', { expression: FILL_NUMBERS });
    for (let filled = 0; filled < PICTURES; filled += AT_ONCE) {
      await page.evaluate(decodeMany, { picture, many: AT_ONCE });
      await page.evaluate(drawMany, AT_ONCE);
      // One that is still there is not decoded again.
      await session.send('HeapProfiler.collectGarbage');
    }
  } finally {
    await session.detach();
  }
}

/** V8 keeps the texts of numbers, whole ones and others, in two tables that grow once, when they happen to be full. */
const FILL_NUMBERS = 'for (let index = 0; index < 200_000; index += 1) `${index} ${index + 0.5}`';

async function decodeMany({ picture, many }: { readonly picture: string; readonly many: number }): Promise<void> {
  const elements = Array.from({ length: many }, (_, index) => {
    const element = new Image();
    element.src = `${picture}?${String(index)}`;
    // One that is decoded and never drawn would stay itself.
    document.body.append(element);
    return element;
  });
  await Promise.all(elements.map((element) => element.decode()));
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  for (const element of elements) {
    element.removeAttribute('src');
    element.remove();
  }
}

/** As one that moves is drawn, frame by frame. */
function drawMany(many: number): void {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  for (let timestamp = 0; timestamp < many; timestamp += 1) {
    const frame = new VideoFrame(new Uint8Array(4), { format: 'RGBA', codedWidth: 1, codedHeight: 1, timestamp });
    context?.drawImage(frame, 0, 0);
    // Drawn now, or only the last of them would be.
    context?.getImageData(0, 0, 1, 1);
    frame.close();
  }
}
