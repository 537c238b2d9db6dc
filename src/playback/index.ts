// Playback: runs decisions on the stage. The next creative is prepared before its slot, what is on the screen is counted in
// presented frames, and a creative that fails or stalls is skipped within two seconds and rests for a while.
export { Conductor, type ConductorParts } from './conductor.ts';
export { newPlayId } from './play-id.ts';
export { OwnDelay } from './own-delay.ts';
export type { Evidence, Showing } from './play-record.ts';
export type { Journal } from './recorder.ts';
export type { SlotTime } from './slot-pace.ts';
export { StageCast } from './stage-cast.ts';
export { StageLink, type StageRole } from './stage-link.ts';
export { Understudy } from './understudy.ts';
