import type { Cutter, Region } from './cutter.ts';

/** Side of the crop that is judged, px: about as many as the smallest face that may be sampled really has. */
const SIDE_PX = 64;

/** How sharp a face is; see `sharpnessOf`. */
export function measureSharpness(cutter: Cutter, region: Region): number {
  // The eyes and the mouth, without hair and background, which may be sharp for themselves.
  const inner = { x: region.x + 0.2 * region.width, y: region.y + 0.2 * region.height, width: 0.6 * region.width, height: 0.6 * region.height };
  return sharpnessOf(cutter.rgba(inner, SIDE_PX), SIDE_PX);
}

/**
 * Mean absolute Laplacian over the standard deviation of brightness: how much of a picture's contrast lies in its finest
 * details (after the modified Laplacian of Nayar and Nakagawa, 1994). Light and contrast of the scene cancel out.
 *
 * @param rgba side×side pixels
 */
export function sharpnessOf(rgba: ArrayLike<number>, side: number): number {
  const luma = Float32Array.from({ length: side * side }, (_, pixel) => 0.299 * (rgba[4 * pixel] ?? 0) + 0.587 * (rgba[4 * pixel + 1] ?? 0) + 0.114 * (rgba[4 * pixel + 2] ?? 0));
  let edges = 0;
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const at = y * side + x;
      const middle = luma[at] ?? 0;
      edges += Math.abs(2 * middle - (luma[at - 1] ?? 0) - (luma[at + 1] ?? 0)) + Math.abs(2 * middle - (luma[at - side] ?? 0) - (luma[at + side] ?? 0));
      sum += middle;
      squares += middle * middle;
      count += 1;
    }
  }
  const deviation = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  // A face without any contrast is not there to be judged.
  return deviation < 1 ? 0 : edges / count / deviation;
}
