// Selection: Audience + programme + clock + random → Decision. Pure: no clock, no random, no I/O of its own, so every
// choice can be replayed from what the log says of it.
export { CriteriaMemory, type Hysteresis } from './criteria.ts';
export { decide, outranks, winningTier, type Situation } from './decide.ts';
