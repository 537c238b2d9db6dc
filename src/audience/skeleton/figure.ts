import { JOINTS, type Box, type JointName } from '../../contract/index.ts';
import { centre, distance, type Point } from '../geometry.ts';
import { atDepth, atHeight, depthOf, facingCamera, floorAt, inPicture, onUpright, type CameraPlace, type Vector } from '../space/index.ts';
import { seenJoint, type Skeleton } from './joints.ts';

/** What of one person a picture shows; boxes and joints in picture heights. */
export interface Seen {
  readonly face: { readonly box: Box } | null;
  readonly body: { readonly box: Box; readonly joints?: Skeleton | undefined } | null;
}

/** A person in the shop. */
export interface Figure {
  /** Where they stand on the floor, metres. */
  readonly foot: Point;
  readonly eye: Vector | null;
  /** The eighteen joints, metres; `null` for one that is not seen. Empty when no pose was looked for. */
  readonly joints: ReadonlyMap<JointName, Vector | null>;
  /** Height of the face, metres: measured where feet and face are seen, else as it was told. */
  readonly faceM: number;
}

/** From brow to chin, as the face detector draws it: the mean of adults. */
export const FACE_M = 0.26;
const FACE_RANGE_M = { least: 0.15, most: 0.4 };
/** Eyes in the box of their face: below the brow. */
const EYES_AT = 0.3;
/** Mean of adult women and men in Europe; one person in twenty differs by more than a tenth, and so does the distance. */
const STATURE_M = 1.7;
const ANKLE_M = 0.08;
/** Further away than any shop: what was taken for feet was something else. */
const FURTHEST_M = 50;

/**
 * Puts a person on the floor: on the feet where they are seen; where a counter or the picture's edge hides them, as far away
 * as the face is small, or where a head of mean stature would be. Then joints and eyes lie on the upright plane through the
 * feet that faces the camera. `null` when nothing says how far away they are.
 *
 * @param faceM what is known of the height of this person's face, metres
 */
export function figureOf(camera: CameraPlace, { face, body }: Seen, faceM: number): Figure | null {
  const feet = body && feetOf(camera, body);
  const foot = feet ?? (face && belowFace(camera, face.box, faceM)) ?? (body && belowHead(camera, body.box));
  if (!foot || distance(foot, camera.at) > FURTHEST_M) return null;
  const plane = facingCamera(camera, foot);
  const inSpace = (place: Point | null): Vector | null => place && onUpright(camera, fractions(camera, place), plane);
  const eye = inSpace(face ? eyesIn(face.box) : eyesOf(body?.joints));
  const { joints = null } = body ?? {};
  return {
    foot,
    eye,
    joints: new Map(joints === null ? [] : JOINTS.map((name) => [name, inSpace(seenJoint(joints, name))])),
    faceM: feet && face && eye ? clamp((face.box.height * depthOf(camera, eye)) / camera.focal) : faceM,
  };
}

function feetOf(camera: CameraPlace, { box, joints }: NonNullable<Seen['body']>): Point | null {
  const ankles = joints ? (['left-ankle', 'right-ankle'] as const).map((name) => seenJoint(joints, name)).filter((joint) => joint !== null) : [];
  if (ankles.length > 0) {
    const middle = { x: mean(ankles.map(({ x }) => x)), y: mean(ankles.map(({ y }) => y)) };
    return atHeight(camera, fractions(camera, middle), ANKLE_M);
  }
  return box.y + box.height >= 0.99 ? null : floorAt(camera, onAxis(camera, box, box.y + box.height));
}

function belowFace(camera: CameraPlace, box: Box, faceM: number): Point {
  return atDepth(camera, fractions(camera, eyesIn(box)), (camera.focal * faceM) / box.height);
}

/** Says little where the camera hangs as high as heads are: then it sees all heads at one height, however far away. */
function belowHead(camera: CameraPlace, box: Box): Point | null {
  return box.y <= 0.01 || Math.abs(camera.at.z - STATURE_M) < 0.5 ? null : atHeight(camera, onAxis(camera, box, box.y), STATURE_M);
}

/** Where somebody's upright axis passes a row of the picture. A camera that looks down shows people beside its middle leaning outwards. */
function onAxis(camera: CameraPlace, box: Box, y: number): Point {
  const middle = fractions(camera, centre(box));
  const inside = atDepth(camera, middle, 1);
  const below = inPicture(camera, { ...inside, z: inside.z - 0.1 });
  return { x: below ? middle.x + ((below.x - middle.x) * (y - middle.y)) / (below.y - middle.y) : middle.x, y };
}

function eyesIn({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + EYES_AT * height };
}

function eyesOf(joints: Skeleton | undefined): Point | null {
  return joints ? (seenJoint(joints, 'left-eye') ?? seenJoint(joints, 'right-eye') ?? seenJoint(joints, 'nose')) : null;
}

function fractions({ aspect }: CameraPlace, { x, y }: Point): Point {
  return { x: x / aspect, y };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function clamp(faceM: number): number {
  return Math.min(FACE_RANGE_M.most, Math.max(FACE_RANGE_M.least, faceM));
}
