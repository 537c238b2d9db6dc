import type { Tensor, Tensorflow } from './tensorflow.ts';

/** A rectangle in pixels of the picture. It may reach beyond the picture: what lies outside is black. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Clockwise lean of what is in it: it is cut out upright, around its middle. */
  readonly rollDeg?: number;
}

/** Cuts regions out of the picture of the moment and scales them to what a net takes. */
export interface Cutter {
  /** 1×side×side×3, float, 0 to 255; the caller disposes it. */
  tensor(region: Region, side: number): Tensor;
  /** RGBA bytes of side×side pixels. */
  rgba(region: Region, side: number): Uint8ClampedArray;
}

/**
 * Nets look at 64 to 512 pixels, whatever the camera gives. Scaling on a canvas moves a tenth of the memory that a tensor of
 * the whole picture would, and the browser does it in its own machine code.
 *
 * @param onGpu whether pictures become tensors without passing through main memory
 */
export function createCutter(tf: Tensorflow, picture: OffscreenCanvas, onGpu: boolean): Cutter {
  const canvases = new Map<string, { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D }>();

  function canvasOf(side: number, toRead: boolean): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
    const key = `${side} ${toRead}`;
    const known = canvases.get(key);
    if (known) return known;
    const canvas = new OffscreenCanvas(side, side);
    const context = canvas.getContext('2d', { willReadFrequently: toRead, alpha: false });
    if (!context) throw new Error('this browser gives no 2d canvas');
    const made = { canvas, context };
    canvases.set(key, made);
    return made;
  }

  function cut({ x, y, width, height, rollDeg = 0 }: Region, side: number, toRead: boolean): { canvas: OffscreenCanvas; context: OffscreenCanvasRenderingContext2D } {
    const made = canvasOf(side, toRead);
    const { context } = made;
    const isInside = rollDeg === 0 && x >= 0 && y >= 0 && x + width <= picture.width && y + height <= picture.height;
    if (!isInside) context.fillRect(0, 0, side, side);
    if (rollDeg === 0) {
      context.drawImage(picture, x, y, width, height, 0, 0, side, side);
      return made;
    }
    context.save();
    context.translate(side / 2, side / 2);
    context.rotate((-rollDeg * Math.PI) / 180);
    context.scale(side / width, side / height);
    context.drawImage(picture, -(x + width / 2), -(y + height / 2));
    context.restore();
    return made;
  }

  return {
    tensor(region, side) {
      const { canvas } = cut(region, side, !onGpu);
      return tf.tidy(() => tf.expandDims(tf.cast(tf.browser.fromPixels(canvas), 'float32'), 0));
    },
    rgba: (region, side) => cut(region, side, true).context.getImageData(0, 0, side, side).data,
  };
}
