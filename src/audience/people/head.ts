import type { Box } from '../../contract/index.ts';
import { centre } from '../geometry.ts';

/** A head lies in the upper half of the box of its body: in a close-up, head and shoulders, almost in its middle. */
const DEEPEST = 0.5;
/** The detectors' boxes are not exact: the face may stick out above the body by this share of the body's height. */
const ABOVE = 0.1;
/** Furthest sideways offset from the body's middle line, in body widths. */
const ASIDE = 0.5;

/**
 * How well a face fits on a body as its head: 1 in the middle of the upper edge, 0 outside the upper half or when the face
 * is too large. Boxes in the same units.
 */
export function headLikeness(face: Box, body: Box): number {
  if (face.width > 1.1 * body.width || face.height > body.height) return 0;
  const head = centre(face);
  const depth = (head.y - body.y) / body.height;
  const aside = Math.abs(head.x - centre(body).x) / body.width;
  if (depth < -ABOVE || depth > DEEPEST || aside > ASIDE) return 0;
  return 1 - 0.5 * (aside / ASIDE) - 0.4 * (Math.max(0, depth) / DEEPEST);
}
