// From Observations to Audience: who is here, for how long, how attentive, where, and of which group with what certainty.
// Pure: time comes from the observations and from the caller, so that every estimate can be replayed from a file. People
// have no numbers here; a track lives in memory, ends with the visit, and nothing is kept to know anybody again. The
// trackers that do number people, and the scores, read and write files of known scenes: they measure, and watch nobody.
//
// One picture goes through the sub-rooms in this order: people (whose faces and bodies these are), skeleton and space (where
// they stand), attention, reach, floor and groups (what they do), stillness (whether they live); census and visits count.
export { createAudience, type AudienceOptions, type AudienceRoom } from './audience.ts';
export { attractionRatio, conversionRatio, type Message } from './attention/index.ts';
export { byFrame, readMot, writeMot, type MotRow } from './mot-file.ts';
export { compare, scoreClear, scoreHota, scoreIdentity } from './scoring/index.ts';
export { atHeight, facingCamera, floorAt, inPicture, layOut, onUpright, placeCamera, rayThrough, summarise, type CameraPlace, type CameraSummary, type Premises, type Ray, type UprightPlane, type Vector } from './space/index.ts';
export { createSort, createTracker } from './tracking/index.ts';
