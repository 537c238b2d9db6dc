// From Observations to Audience: who is here, for how long, how attentive, and of which group with what certainty.
// Pure: time comes from the observations and from the caller, so that every estimate can be replayed from a file. People
// have no numbers here; a track lives in memory, ends with the visit, and nothing is kept to know anybody again. The
// trackers that do number people, and the scores, read and write files of known scenes: they measure, and watch nobody.
export { createAudience, type AudienceRoom } from './audience.ts';
export { DEFAULT_PARAMETERS, type AudienceParameters } from './parameters.ts';
export { byFrame, readMot, writeMot, type MotRow } from './mot-file.ts';
export {
  attractionRatio,
  conversionRatio,
  gazeProbability,
  hadOpportunityToSee,
  headOrientation,
  isExposed,
  orientationAngles,
  type ExposureZone,
  type EyePlace,
  type GazeZone,
  type HeadOrientation,
  type Interval,
} from './attention/index.ts';
export {
  addStay,
  calibrateFloor,
  distanceToBody,
  distanceToFace,
  emptyHeatMap,
  feet,
  focalFromPerson,
  focalFromView,
  onFloor,
  type FloorMark,
  type Focal,
  type HeatMap,
  type Homography,
} from './floor/index.ts';
export { NEW_ARM, watchArm, type ArmPose, type ArmState, type ArmWatch, type Keypoint, type ProductInteraction, type ShelfZone } from './reach/index.ts';
export {
  atHeight,
  facingCamera,
  floorAt,
  inPicture,
  onUpright,
  placeCamera,
  rayThrough,
  summarise,
  type CameraPlace,
  type CameraSummary,
  type Ray,
  type UprightPlane,
  type Vector,
} from './space/index.ts';
export { compare, scoreClear, scoreHota, scoreIdentity } from './scoring/index.ts';
export { createSort, createTracker } from './tracking/index.ts';
