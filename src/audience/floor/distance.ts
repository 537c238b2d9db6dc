import type { Box } from '../../contract/index.ts';

/** How strongly a camera magnifies: the height in the picture of something as high as it is far away, in picture heights. */
export type Focal = number;

/** Mean of adult women and men in Europe; one person in twenty differs by more than a tenth, and so does the distance. */
const STATURE_M = 1.7;
/** From brow to chin, as the face detector draws it. */
const FACE_M = 0.26;

/** From the camera's vertical field of view, degrees: half a picture is seen under half of it. */
export function focalFromView(verticalDeg: number): Focal {
  return 1 / (2 * Math.tan((verticalDeg * Math.PI) / 360));
}

/** From one measurement: somebody of mean stature, from head to feet, at a known distance. `height` in picture heights. */
export function focalFromPerson(height: number, distanceM: number): Focal {
  return (height * distanceM) / STATURE_M;
}

/**
 * Metres from the camera to somebody, by the height of the box; `null` for a body that the picture's edge cuts off, which
 * looks smaller than it is.
 *
 * @param box in picture heights
 */
export function distanceToBody({ y, height }: Box, focal: Focal): number | null {
  const isCut = y <= 0 || y + height >= 1;
  return isCut ? null : (focal * STATURE_M) / height;
}

/** The same by the face, for somebody near enough that the picture does not hold the body. */
export function distanceToFace({ height }: Box, focal: Focal): number {
  return (focal * FACE_M) / height;
}
