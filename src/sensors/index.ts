// The real world as a stream of Observations in the player's monotonic time: the camera, whose numbers come from the vision
// page, and a recorded file that plays as if it were a camera. Neither ever holds a picture.
export { createCamera, type Camera, type CameraOptions } from './camera/camera.ts';
export { readObservations } from './replay/read-observations.ts';
export { recordObservations, type Recorder } from './replay/record-observations.ts';
export { replay, type Replay, type ReplayOptions } from './replay/replay.ts';
