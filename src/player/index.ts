// The player: puts the stages of one screen together. Its one surface is fetch(Request): Response, so every shell can show it.
export type { StageRole as Role } from '../playback/index.ts';
export { calibrationRoutes, type CalibrationRoutesOptions } from './calibration-routes.ts';
export { openPlayer, type AudienceSource, type Player, type PlayerOptions, type StageHands, type StagePulse, type Understudy } from './open-player.ts';
export { openSetUp, type SetUp } from './set-up.ts';
export { openTextLog } from './text-log.ts';
export { readSettings } from './settings-file.ts';
export { visionAssets, visionRoutes } from './vision-routes.ts';
