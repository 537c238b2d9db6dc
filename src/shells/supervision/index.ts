// Supervision by effect: what counts is what the stage presents. From a reload to a restart of the program, each step only
// when the gentler one did not help, and bounded, so that what cannot be mended ends in a safe programme and not in a storm.
export { openDepartures, type Departure, type Departures } from './departure.ts';
export { inTime } from './in-time.ts';
export { createServiceNotice, TO_PARENT } from './service-notice.ts';
export type { StagePage } from './stage-page.ts';
export { superviseStage, type Supervision, type SupervisionOptions } from './supervise-stage.ts';
export { watchMemory } from './watch-memory.ts';
