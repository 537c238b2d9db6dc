const SAMPLE_WIDTH_PX = 32;
const SAMPLE_HEIGHT_PX = 18;
/** Standard deviation of brightness, of 255, below which a picture shows nothing: a covered lens, a dark shop, a blank signal. */
const MIN_CONTRAST = 4;

/** Whether there is anything to see in a picture at all. A covered camera must not be read as an empty shop. */
export function createVisibility(): (picture: OffscreenCanvas) => boolean {
  const context = new OffscreenCanvas(SAMPLE_WIDTH_PX, SAMPLE_HEIGHT_PX).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser gives no 2d canvas');
  return (picture) => {
    context.drawImage(picture, 0, 0, SAMPLE_WIDTH_PX, SAMPLE_HEIGHT_PX);
    return contrast(context.getImageData(0, 0, SAMPLE_WIDTH_PX, SAMPLE_HEIGHT_PX).data) >= MIN_CONTRAST;
  };
}

/** Standard deviation of the brightness (Rec. 601 luma) of RGBA pixels, 0 to 127.5. */
export function contrast(rgba: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  const count = rgba.length / 4;
  for (let pixel = 0; pixel < rgba.length; pixel += 4) {
    const luma = 0.299 * (rgba[pixel] ?? 0) + 0.587 * (rgba[pixel + 1] ?? 0) + 0.114 * (rgba[pixel + 2] ?? 0);
    sum += luma;
    squares += luma * luma;
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
