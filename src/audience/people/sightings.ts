import type { Body, Face, FrameObservation } from '../../contract/index.ts';
import { assign } from '../assignment.ts';
import { inHeights } from '../geometry.ts';
import { headLikeness } from './head.ts';

/** One person in one picture: a face, a body, or both. Boxes and joints are in picture heights. */
export interface Sighting {
  readonly face: Face | null;
  readonly body: Body | null;
}

/**
 * Joins the faces of a picture with the bodies they belong to. What has no partner is a sighting of its own. The order of
 * the detections does not matter.
 */
export function sightingsIn(frame: FrameObservation): readonly Sighting[] {
  const faces = frame.faces.map((face) => ({ ...face, box: inHeights(face.box, frame) })).sort(byPlace);
  const bodies = (frame.bodies ?? frame.poses ?? []).map((body) => ({ ...body, box: inHeights(body.box, frame), ...jointsInHeights(body, frame) })).sort(byPlace);
  const bodyOf = assign(faces.map((face) => bodies.map((body) => headLikeness(face.box, body.box))));
  const taken = new Set(bodyOf);
  return [
    ...faces.map((face, index) => ({ face, body: bodies[bodyOf[index] ?? -1] ?? null })),
    ...bodies.filter((_, index) => !taken.has(index)).map((body) => ({ face: null, body })),
  ];
}

function jointsInHeights({ joints }: Body, { widthPx, heightPx }: FrameObservation): Pick<Body, 'joints'> {
  return joints ? { joints: joints.map(({ x, y, score }) => ({ x: (x * widthPx) / heightPx, y, score })) } : {};
}

/** Whether it may be somebody new: a body that was only followed from an earlier picture is somebody who was there before. */
export function mayBegin({ face }: Sighting, { bodies }: FrameObservation): boolean {
  return face !== null || bodies !== null;
}

/** The surer of both. */
export function scoreOf({ face, body }: Sighting): number {
  return Math.max(face?.score ?? 0, body?.score ?? 0);
}

/** A total order over all that is known of a detection, so that equal likenesses are settled the same way every time. */
function byPlace(a: Face | Body, b: Face | Body): number {
  const left = placeOf(a);
  const right = placeOf(b);
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function placeOf(detection: Face | Body): readonly number[] {
  const { box, score } = detection;
  const place = [box.x, box.y, box.width, box.height, score];
  if (!('yawDeg' in detection)) return [...place, ...(detection.joints ?? []).flatMap((joint) => [joint.x, joint.y, joint.score])];
  const { yawDeg, pitchDeg, smile, demographics } = detection;
  return [...place, yawDeg ?? -1, pitchDeg ?? -1, smile ?? -1, ...(demographics ? [demographics.female, ...demographics.ageBands] : [-1])];
}
