import { TRACKER_PARAMETERS, type MotionModel } from '../tracking/index.ts';

/** How bodies move, in body heights. */
export const BODY_GAIT: MotionModel = TRACKER_PARAMETERS.motion;

/** An adult's body is this many faces high. The face's box reaches from the brow to the chin. */
const FACES_IN_A_BODY = 6.5;

/** Faces move with their bodies, in face heights. */
export const FACE_GAIT: MotionModel = {
  ...BODY_GAIT,
  agility: BODY_GAIT.agility * FACES_IN_A_BODY ** 2,
  pace: BODY_GAIT.pace * FACES_IN_A_BODY,
};
