// From Observations to Audience: who is here, for how long, how attentive, and of which group with what certainty.
// Pure: time comes from the observations and from the caller, so that every estimate can be replayed from a file. People
// have no numbers here; a track lives in memory, ends with the visit, and nothing is kept to know anybody again.
export { createAudience, type AudienceRoom } from './audience.ts';
export { DEFAULT_PARAMETERS, type AudienceParameters } from './parameters.ts';
export { byFrame, readMot, writeMot, type MotRow } from './mot-file.ts';
export { compare, scoreClear, scoreHota, scoreIdentity } from './scoring/index.ts';
export { createSort, createTracker } from './tracking/index.ts';
