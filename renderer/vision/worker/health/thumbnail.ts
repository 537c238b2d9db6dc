/** Columns and rows of a thumbnail: enough to see that a scene is another one, far too few to know anybody by. */
export const COLUMNS = 64;
export const ROWS = 36;

/** What the camera's health is judged by; brightness of each cell, 0 to 255, row by row. They stay in the worker's memory. */
export interface Thumbnail {
  readonly atMs: number;
  /** Width over height of the picture. */
  readonly aspect: number;
  /** Each cell the mean of its part of the picture. */
  readonly means: Float32Array;
  /** Each cell one pixel of the picture, with the sensor's noise in it. */
  readonly grains: Uint8Array;
}

/** Takes thumbnails of the picture of the moment. */
export function createThumbnails(): (picture: OffscreenCanvas, atMs: number) => Thumbnail {
  const smooth = contextOf(true);
  const raw = contextOf(false);
  return (picture, atMs) => {
    for (const context of [smooth, raw]) context.drawImage(picture, 0, 0, COLUMNS, ROWS);
    const means = lumaOf(smooth.getImageData(0, 0, COLUMNS, ROWS).data);
    const grains = Uint8Array.from(lumaOf(raw.getImageData(0, 0, COLUMNS, ROWS).data), Math.round);
    return { atMs, aspect: picture.width / picture.height, means, grains };
  };
}

function contextOf(smooth: boolean): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(COLUMNS, ROWS).getContext('2d', { willReadFrequently: true, alpha: false });
  if (!context) throw new Error('this browser gives no 2d canvas');
  context.imageSmoothingEnabled = smooth;
  // Without it only four pixels of each cell would count.
  context.imageSmoothingQuality = 'medium';
  return context;
}

/** Brightness (Rec. 601 luma) of RGBA pixels. */
export function lumaOf(rgba: ArrayLike<number>): Float32Array {
  return Float32Array.from({ length: rgba.length / 4 }, (_, pixel) => 0.299 * (rgba[4 * pixel] ?? 0) + 0.587 * (rgba[4 * pixel + 1] ?? 0) + 0.114 * (rgba[4 * pixel + 2] ?? 0));
}
