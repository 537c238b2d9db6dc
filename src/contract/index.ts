// The vocabulary: schemas and types of everything that crosses a wall between processes, to the network or to disk.
// Every room may import it; it imports nothing of ours. What is not in a schema here does not get through a wall.
export * from './audience.ts';
export * from './audit-api.ts';
export * from './bundle.ts';
export * from './calibration.ts';
export * from './canonical-json.ts';
export * from './clock.ts';
export * from './criterion.ts';
export * from './decision.ts';
export * from './hub-api.ts';
export * from './ids.ts';
export * from './layout.ts';
export * from './leaf.ts';
export * from './litfass-error.ts';
export * from './observation.ts';
export * from './playlist.ts';
export * from './presentation.ts';
export { idsInPlaylists } from './programme-checks.ts';
export * from './programme.ts';
export * from './report.ts';
export * from './schedule.ts';
export * from './signed-request.ts';
export * from './stage-api.ts';
export * from './table-metrics.ts';
export * from './vision-api.ts';
