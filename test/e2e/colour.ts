import type { OpenedPage } from '../../src/shells/index.ts';

/** The colour in the middle of the panel: red, green, blue. */
export async function colourOf(page: OpenedPage['page']): Promise<readonly number[]> {
  const picture = await page.screenshot({ clip: { x: 640, y: 360, width: 1, height: 1 } });
  return page.evaluate(async (bytes) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    context?.drawImage(await createImageBitmap(new Blob([new Uint8Array(bytes)])), 0, 0);
    return [...(context?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3);
  }, [...picture]);
}
