// From the picture to metres: where the camera stands by an installer's calibration, and what of the shop each place of its
// picture shows.
export { summarise, type CameraPlace, type CameraSummary } from './camera-place.ts';
export { placeCamera } from './place-camera.ts';
export { atHeight, facingCamera, floorAt, inPicture, onUpright, rayThrough, type Ray, type UprightPlane } from './projection.ts';
export type { Vector } from './vector.ts';
