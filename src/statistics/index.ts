// What may be said about people: visits counted, and what they did summed, in fixed windows of the wall clock, each cell
// released once, with exact integer noise (discrete Laplace) on it. The sums under the noise never leave this room and are
// never written down.
export { cellsOf, type Site } from './table-cells.ts';
export { createTableStatistics, type TablePolicy, type TableStatistics, type TableStatisticsOptions } from './table-statistics.ts';
export { cryptoUniform, type Uniform } from './uniform.ts';
export { createVisitStatistics, type VisitStatistics, type VisitStatisticsOptions } from './visit-statistics.ts';
