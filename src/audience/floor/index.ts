// From the picture to metres: how far somebody is, where on the floor, and how long people stand where.
export { distanceToBody, distanceToFace, focalFromPerson, focalFromView, type Focal } from './distance.ts';
export { addStay, emptyHeatMap, feet, type HeatMap } from './heat-map.ts';
export { calibrateFloor, onFloor, type FloorMark, type Homography } from './homography.ts';
