// How good a tracker is, against a truth: CLEAR counts mistakes picture by picture, ID says how long people kept one
// identity, HOTA balances both over all bars of exactness. Figures as TrackEval computes them.
export { scoreClear, type ClearScore } from './clear.ts';
export { compare, type ComparedFrame, type Identified } from './comparison.ts';
export { scoreHota, type HotaScore } from './hota.ts';
export { scoreIdentity, type IdentityScore } from './identity.ts';
