import { z } from 'zod';
import { slugSchema } from './ids.ts';
import { AGE_BANDS, sensorStateSchema } from './observation.ts';

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
  /** People in the exposure zone: those who could see the screen. Without a calibration the whole view is the zone. */
  exposed: z.int().min(0),
  /** Metres from the screen to the nearest person; `null`: not calibrated, or nobody's distance is known. */
  nearestM: z.number().min(0).nullable(),
  /** The shelf zones that the installer drew. */
  zones: z.array(z.strictObject({
    id: slugSchema,
    /** Expected number of people who look there: a sum of P(looking at zone). */
    looking: countSchema,
    /** Hands in it now. */
    hands: z.int().min(0),
  })),
});
export type Audience = z.infer<typeof audienceSchema>;

/** One person's stay, complete. It lives in memory until its bucket was counted, and has no identifier. */
export const visitSchema = z.strictObject({
  enterMs: z.number().min(0),
  leaveMs: z.number().min(0),
  dwellMs: z.number().min(0),
  attentionMs: z.number().min(0),
  watcher: z.boolean(),
  /** A message was on the screen for a second on end while this person was in the exposure zone. */
  opportunityToSee: z.boolean(),
  /** Mean distance from the screen, metres; `null`: not calibrated. */
  distanceM: z.number().min(0).nullable(),
  /** Share of `attentionMs` spent smiling, ms; `null`: expression is not permitted. */
  smilingMs: z.number().min(0).nullable(),
  /** Expected time spent looking at each shelf zone, and how often a hand went into it. Only zones where anything happened. */
  zones: z.array(z.strictObject({ id: slugSchema, lookingMs: z.number().min(0), reaches: z.int().min(0) })),
  /** P(group), each object sums to 1. */
  groups: z.strictObject({
    /** P of each of the seven bands of `AGE_BANDS`, for reports; with `unknown` they sum to 1. */
    bands: z.array(countSchema).length(AGE_BANDS.length),
    bandUnknown: countSchema,
    ages: z.strictObject({ '18-24': countSchema, '25-44': countSchema, '45-64': countSchema, '65+': countSchema, unknown: countSchema }),
    genders: z.strictObject({ female: countSchema, male: countSchema, unknown: countSchema }),
  }),
});
export type Visit = z.infer<typeof visitSchema>;

/**
 * What people did on the floor since the last asking, summed over all of them. No cell knows who or when. The floor begins at
 * the screen; its middle, between two columns, is before the middle of the panel.
 */
export const floorSumsSchema = z.strictObject({
  cellM: z.number().positive(),
  columns: z.int().min(1).max(100),
  rows: z.int().min(1).max(100),
  /** Row by row from the floor's near left corner: person-milliseconds spent in the cell. */
  stayMs: z.array(countSchema),
  /** In the same order: how often somebody went from the cell to its neighbour on the left, right, near and far side. */
  steps: z.array(z.tuple([countSchema, countSchema, countSchema, countSchema])),
});
export type FloorSums = z.infer<typeof floorSumsSchema>;
