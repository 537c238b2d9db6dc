import { z } from 'zod';

/**
 * What a criterion may ask of the audience. `present` and `watching` are people, `dwell` and `attention` are the longest
 * of the people in view in ms, `age:…` and `gender:…` are expected shares of the people present, 0 to 100 per cent.
 */
export const METRICS = ['present', 'watching', 'dwell', 'attention', 'age:18-24', 'age:25-44', 'age:45-64', 'age:65+', 'gender:female', 'gender:male'] as const;
export const metricSchema = z.enum(METRICS);
export type Metric = z.infer<typeof metricSchema>;

export const criterionSchema = z.strictObject({
  metric: metricSchema,
  condition: z.enum(['at-least', 'at-most']),
  /** Integer: people, ms or per cent, as the metric says. */
  value: z.int().min(0).max(86_400_000),
});
export type Criterion = z.infer<typeof criterionSchema>;
