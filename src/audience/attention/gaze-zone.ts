/** A rectangle in the plane of the screen, which is the camera's too; metres, x to the right of the picture, y up, from the camera. */
export interface GazeZone {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Where somebody's eyes are, metres: x and y as in `GazeZone`, z away from the screen, above 0. */
export interface EyePlace {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/**
 * Standard deviation of a head pose, degrees: its mean absolute error of 5.4° (OpenVINO's head-pose-estimation-adas-0001,
 * published) is √(2/π) of it when errors are normal.
 */
const POSE_ERROR_DEG = 5.4 / Math.sqrt(2 / Math.PI);

/**
 * Probability that a head which points somewhere points into a zone: the mass of the pose's error over the angles under which
 * the zone is seen. At 3 m the error is wider than a shelf, so a yes or no would be a guess.
 *
 * Yaw and pitch are those of `Face`: from the line between eyes and camera, to the right of the picture and up. For a zone seen
 * aslant the angles are taken through its middle.
 */
export function gazeProbability(eye: EyePlace, yawDeg: number, pitchDeg: number, zone: GazeZone, errorDeg: number = POSE_ERROR_DEG): number {
  const middle = { x: (zone.left + zone.right) / 2, y: (zone.bottom + zone.top) / 2 };
  const camera = { x: 0, y: 0 };
  const yawTo = (x: number): number => yawOf(eye, x) - yawOf(eye, camera.x);
  const pitchTo = (y: number): number => pitchOf(eye, middle.x, y) - pitchOf(eye, camera.x, camera.y);
  return normalMass(yawTo(zone.left) - yawDeg, yawTo(zone.right) - yawDeg, errorDeg) * normalMass(pitchTo(zone.bottom) - pitchDeg, pitchTo(zone.top) - pitchDeg, errorDeg);
}

function yawOf(eye: EyePlace, x: number): number {
  return degrees(Math.atan2(x - eye.x, eye.z));
}

function pitchOf(eye: EyePlace, x: number, y: number): number {
  return degrees(Math.atan2(y - eye.y, Math.hypot(x - eye.x, eye.z)));
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}

/** Mass of a normal distribution around 0 between two values. */
function normalMass(from: number, until: number, deviation: number): number {
  return (errorFunction(until / (deviation * Math.SQRT2)) - errorFunction(from / (deviation * Math.SQRT2))) / 2;
}

/** Abramowitz and Stegun 7.1.26, good to 1.5e-7. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x);
  return Math.sign(x) * (1 - tail);
}
