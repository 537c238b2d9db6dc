import { z } from 'zod';

/**
 * What else may be said about an audience, each in sums over a window, and the largest part of a sum that one visit may make
 * (in units of the table): more is cut off, so that the noise covers everybody.
 *
 * `opportunity`: visits with an opportunity to see. `age-band`, `gender`: expected visits, in thousandths. `dwell`, `attention`,
 * `smiling`: seconds. `zone-looking`: expected seconds of looking at each shelf; `zone-reach`: hands into each shelf.
 * `floor-stay`: seconds in each cell of the floor; `floor-steps`: steps from cell to cell.
 */
export const TABLE_METRICS = {
  opportunity: { unit: 'visits', perVisit: 1 },
  'age-band': { unit: 'visits/1000', perVisit: 1000 },
  gender: { unit: 'visits/1000', perVisit: 1000 },
  dwell: { unit: 's', perVisit: 120 },
  attention: { unit: 's', perVisit: 60 },
  smiling: { unit: 's', perVisit: 30 },
  'zone-looking': { unit: 's', perVisit: 30 },
  'zone-reach': { unit: 'reaches', perVisit: 3 },
  'floor-stay': { unit: 's', perVisit: 60 },
  'floor-steps': { unit: 'steps', perVisit: 20 },
} as const;
export const tableMetricSchema = z.enum(Object.keys(TABLE_METRICS) as (keyof typeof TABLE_METRICS)[]);
export type TableMetric = z.infer<typeof tableMetricSchema>;
