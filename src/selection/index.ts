// Selection: Audience + programme + clock + random → Decision. Pure: no clock, no random, no I/O of its own, so every
// choice can be replayed from what the log says of it.
export { CriteriaMemory, type Hysteresis } from './criteria.ts';
export { decide, outranks, type Choice } from './decide.ts';
export { stillHolds, winningTier, type Situation } from './eligible.ts';
export { zonesAt } from './layout.ts';
export { criteriaOf, offerOf, type Offer } from './offer.ts';
export { PlaylistOrder } from './playlist/index.ts';
export { Almanac } from './schedule/index.ts';
export { decideForSlot, slotAt, type Slot } from './slots.ts';
