// Age and gender of one person as probabilities, from several looks at the face and from what was measured of the net's errors.
export { addSample, isGoodSample, NO_EVIDENCE, type Evidence } from './evidence.ts';
export { groupsOf, type Groups } from './groups.ts';
