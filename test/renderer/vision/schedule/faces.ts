import type { FoundFace } from '../../../../renderer/vision/worker/nets/faces.ts';

/** A face around (`x`, `y`), px. */
export function faceAt(x: number, y: number, width = 100, score = 0.7): FoundFace {
  return { score, region: { x: x - width / 2, y: y - width / 2, width, height: width } };
}
