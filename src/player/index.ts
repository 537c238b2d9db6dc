// The player: puts the stages of one screen together. Its one surface is fetch(Request): Response, so every shell can show it.
export type { StageRole as Role } from '../playback/index.ts';
export { calibrationRoutes, type CalibrationRoutesOptions } from './calibration-routes.ts';
export { OwnDelay, type Understudy } from '../playback/index.ts';
export { powerAt, readDisplayMeans } from './display-control.ts';
export { foldersOfScreens, readDisplays, screensFolder } from './displays-file.ts';
export { examineSlots, type SlotExamination } from './examine-slots.ts';
export { openPlayer } from './open-player.ts';
export type { Player, PlayerOptions } from './player.ts';
export type { AudienceSource } from './sensors.ts';
export type { StageHands } from './command-hands.ts';
export type { StagePulse } from './stage-pulse.ts';
export { openSetUp, type SetUpOptions, type SetUpOutcome } from './set-up.ts';
export { NO_CALLS_SCRIPT } from './content/no-calls.ts';
export { TOLD_LOUDNESS_SCRIPT } from './content/loudness-script.ts';
export { openTextLog } from './text-log.ts';
export { readSettings } from './settings-file.ts';
export { visionAssets, visionRoutes } from './vision-routes.ts';
