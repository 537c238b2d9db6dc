import type { FaceResult, Human } from '@vladmandic/human';
import type { Face } from '../../../src/contract/index.ts';
import type { Tensor } from './tensorflow.ts';

/** A face, and its crop while the crop is needed. The crop never leaves the worker. */
export interface FoundFace {
  readonly face: Face;
  /** 192×192×3, 0 to 1; `null` unless crops were asked for. Disposed by `disposeCrops`. */
  readonly crop: Tensor | null;
}

const DEGREES = 180 / Math.PI;

/**
 * Finds faces and the direction of each head.
 *
 * @param picture height×width×3, 0 to 255; stays the caller's
 */
export async function findFaces(human: Human, picture: Tensor): Promise<readonly FoundFace[]> {
  const result = await human.detect(picture as unknown as Parameters<Human['detect']>[0]);
  if (result.error) throw new Error(`face detection failed: ${result.error}`);
  return result.face.map((found) => ({ face: faceOf(found), crop: (found.tensor as unknown as Tensor | undefined) ?? null }));
}

export function disposeCrops(faces: readonly FoundFace[]): void {
  for (const { crop } of faces) crop?.dispose();
}

/**
 * Field by field: whatever else Human knows of the face (its mesh above all) ends here. Human counts a turn towards the left
 * edge of the picture and a tilt down as positive; the contract counts the other way. The score is the lower of detector's
 * and mesh's: on a head in profile one of them may be sure of a face that the other hardly sees.
 */
function faceOf(found: FaceResult): Face {
  const [x, y, width, height] = found.boxRaw;
  const { yaw, pitch } = found.rotation?.angle ?? { yaw: 0, pitch: 0 };
  return { box: { x, y, width, height }, score: Math.min(1, found.boxScore, found.faceScore), yawDeg: round1(-yaw * DEGREES), pitchDeg: round1(-pitch * DEGREES) };
}

function round1(value: number): number {
  return Math.round(10 * value) / 10;
}
