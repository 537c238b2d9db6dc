// From the picture to metres: where the camera stands by an installer's calibration, what of the shop each place of its
// picture shows, and where panel and shelves are.
export { summarise, type CameraPlace, type CameraSummary } from './camera-place.ts';
export { placeCamera } from './place-camera.ts';
export { layOut, type Premises, type ShelfPlace } from './premises.ts';
export { atDepth, atHeight, depthOf, facingCamera, floorAt, inPicture, onUpright, rayThrough, type Ray, type UprightPlane } from './projection.ts';
export type { Vector } from './vector.ts';
