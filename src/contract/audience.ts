import { z } from 'zod';
import { sensorStateSchema } from './observation.ts';

/** Coarse age groups that content may be chosen by. Someone under 18, or too close to tell, is `unknown`. */
export const AGE_GROUPS = ['18-24', '25-44', '45-64', '65+'] as const;
export const ageGroupSchema = z.enum(AGE_GROUPS);
export type AgeGroup = z.infer<typeof ageGroupSchema>;

const countSchema = z.number().min(0);

/**
 * Who is in front of the screen at one moment. Expected counts are sums of probabilities over the people present, so
 * `ages` (with `unknown`) and `genders` (with `unknown`) each sum to `present`. No field says anything of one person
 * across time; there are no identifiers.
 */
export const audienceSchema = z.strictObject({
  atMs: z.number().min(0),
  sensor: sensorStateSchema,
  /** People in view, watching or not. */
  present: z.int().min(0),
  /** People whose face is towards the screen now. */
  watching: z.int().min(0),
  /** The longest presence among the people in view, ms. */
  dwellMs: z.number().min(0),
  /** The longest sum of watching intervals among the people in view, ms. */
  attentionMs: z.number().min(0),
  ages: z.strictObject({ '18-24': countSchema, '25-44': countSchema, '45-64': countSchema, '65+': countSchema, unknown: countSchema }),
  genders: z.strictObject({ female: countSchema, male: countSchema, unknown: countSchema }),
});
export type Audience = z.infer<typeof audienceSchema>;

/** One person's stay, complete. It lives in memory until its bucket was counted, and has no identifier. */
export const visitSchema = z.strictObject({
  enterMs: z.number().min(0),
  leaveMs: z.number().min(0),
  dwellMs: z.number().min(0),
  attentionMs: z.number().min(0),
  watcher: z.boolean(),
  /** P(group), each object sums to 1. */
  groups: z.strictObject({
    ages: z.strictObject({ '18-24': countSchema, '25-44': countSchema, '45-64': countSchema, '65+': countSchema, unknown: countSchema }),
    genders: z.strictObject({ female: countSchema, male: countSchema, unknown: countSchema }),
  }),
});
export type Visit = z.infer<typeof visitSchema>;
