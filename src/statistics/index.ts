// What may be said about people: visits counted in fixed windows of the wall clock, each cell released once, with exact
// integer noise (discrete Laplace) on it. The counts under the noise never leave this room and are never written down.
export { cryptoUniform, type Uniform } from './uniform.ts';
export { createVisitStatistics, type VisitStatistics, type VisitStatisticsOptions } from './visit-statistics.ts';
