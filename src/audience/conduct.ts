import type { Face, FrameObservation } from '../contract/index.ts';
import { expose, isExposed, isTowardsScreen, lookAtShelves, NEVER_EXPOSED, NEVER_WATCHED, watch, type Exposure, type HeadPose, type ShelfLooks, type Watching } from './attention/index.ts';
import { beginWalk, continueWalk, MOST_STEPS, type Walk } from './floor/index.ts';
import { addSample, isGoodSample, NO_EVIDENCE, type Evidence } from './groups/index.ts';
import type { Sighting } from './people/sightings.ts';
import { NO_REACHES, reach, type Reaches } from './reach/index.ts';
import type { Setting } from './setting.ts';
import { armsOf, FACE_M, figureOf, headTurn, type Figure } from './skeleton/index.ts';

/** What one person does during a visit, as far as it is counted. */
export interface Conduct {
  readonly watching: Watching;
  readonly shelfLooks: ShelfLooks | null;
  readonly reaches: Reaches;
  readonly exposure: Exposure;
  /** `null`: not calibrated, or never seen to stand anywhere. */
  readonly walk: Walk | null;
  /** Height of the face, metres: says how far away somebody is whose feet are hidden. */
  readonly faceM: number;
  readonly evidence: Evidence;
}

export const NO_CONDUCT: Conduct = { watching: NEVER_WATCHED, shelfLooks: null, reaches: NO_REACHES, exposure: NEVER_EXPOSED, walk: null, faceM: FACE_M, evidence: NO_EVIDENCE };

/** Takes in one picture that shows this person. */
export function followConduct(conduct: Conduct, sighting: Sighting, frame: FrameObservation, setting: Setting): Conduct {
  const { face, body } = sighting;
  const { atMs } = frame;
  const { parameters, premises, grid, demographics } = setting;
  const figure = premises && figureOf(premises.camera, sighting, conduct.faceM);
  const head = headOf(sighting, parameters.watchScore);
  const eye = figure?.eye ?? null;
  const walk = grid && figure ? walkOn(conduct.walk, grid, figure, atMs) : conduct.walk;
  return {
    watching: watch(conduct.watching, head && { towards: (looking) => isTowardsScreen(head, looking, eye, premises, parameters), smile: face?.smile ?? null }, atMs, parameters),
    shelfLooks: premises && eye && head ? lookAtShelves(conduct.shelfLooks, eye, head, premises, atMs, parameters.unwatchAfterMs) : conduct.shelfLooks,
    reaches: premises && body?.joints ? reach(conduct.reaches, armsOf(body.joints, atMs), figure?.joints.get('neck') ?? null, premises) : conduct.reaches,
    exposure: expose(conduct.exposure, premises && walk ? isExposed(walk.place, premises.exposure) : premises === null, atMs),
    walk,
    faceM: figure?.faceM ?? conduct.faceM,
    evidence: face?.demographics && isGoodSample(face, frame) ? addSample(conduct.evidence, face.demographics, demographics) : conduct.evidence,
  };
}

/** Where the head points: by the mesh of the face, else by nose and ears. The pose of a doubtful face is not believed. */
function headOf({ face, body }: Sighting, leastScore: number): HeadPose | null {
  if (face && isMeasured(face)) return face.score >= leastScore ? { yawDeg: face.yawDeg, pitchDeg: face.pitchDeg } : null;
  const yawDeg = body?.joints ? headTurn(body.joints) : null;
  return yawDeg === null ? null : { yawDeg, pitchDeg: 0 };
}

function isMeasured(face: Face): face is Face & { yawDeg: number; pitchDeg: number } {
  return face.yawDeg !== null && face.pitchDeg !== null;
}

function walkOn(walk: Walk | null, grid: NonNullable<Setting['grid']>, { foot }: Figure, atMs: number): Walk {
  return walk ? continueWalk(walk, grid, foot, atMs, MOST_STEPS) : beginWalk(grid, foot, atMs);
}

/** Two parts of one person's conduct: of a face and a body that were followed apart. */
export function joinConduct(ofFace: Conduct, ofBody: Conduct): Conduct {
  return { ...ofFace, reaches: ofBody.reaches, walk: ofBody.walk ?? ofFace.walk, exposure: ofBody.exposure };
}
