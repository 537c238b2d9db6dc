import { z } from 'zod';
import { clockQualitySchema } from './clock.ts';
import { decisionSchema } from './decision.ts';
import { durationMsSchema, sha256Schema, slugSchema, uuidSchema, wallMsSchema } from './ids.ts';

/**
 * How a play ended. `ended`: it ran its full length. `interrupt`: a higher tier took over after the minimum hold.
 * `failed` and `stalled`: it was on screen and broke; what was seen until then stands in the record. `stopped`: the player
 * was told to stop. `crash`: the player died; closed at the next start with what was last known.
 */
export const endReasonSchema = z.enum(['ended', 'interrupt', 'failed', 'stalled', 'stopped', 'crash']);
export type EndReason = z.infer<typeof endReasonSchema>;

const leafHead = { v: z.literal(1), screenId: slugSchema, bootId: uuidSchema };
const when = { wallMs: wallMsSchema, monoMs: z.int().min(0), clock: clockQualitySchema };

/** One play that really was on the screen: integers and text only, so that its canonical form has one spelling. */
export const playSchema = z.strictObject({
  ...leafHead,
  type: z.literal('play'),
  playId: uuidSchema,
  /** Of the first presented frame. */
  ...when,
  /** Offset of the screen's zone from UTC at the start, minutes east. */
  zoneOffsetMin: z.int().min(-1440).max(1440),
  creative: z.strictObject({ id: slugSchema, name: z.string(), campaign: z.string(), kind: z.enum(['image', 'video', 'html']), sha256: sha256Schema }),
  decision: decisionSchema,
  plannedMs: durationMsSchema,
  /** From the first presented frame to the end, by the monotonic clock. */
  durationMs: durationMsSchema,
  /** Frames the stage's compositor presented while the creative was on screen. */
  presentedFrames: z.int().min(0),
  endReason: endReasonSchema,
});
export type Play = z.infer<typeof playSchema>;

/** Something that should have been on the screen and was not, or that broke. Never counted as a play. */
export const faultSchema = z.strictObject({
  ...leafHead,
  type: z.literal('fault'),
  ...when,
  code: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  message: z.string().max(1000),
  creativeId: slugSchema.optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** What a visit is counted as: exactly one bucket, in the window in which it ended. */
export const VISIT_BUCKETS = ['watched', 'passed'] as const;
export const visitBucketSchema = z.enum(VISIT_BUCKETS);

/**
 * One cell of a fixed public grid (window × bucket), released once, with noise, also when it is empty. `value` is signed:
 * sums stay unbiased, and only the display clips at zero.
 */
export const releaseSchema = z.strictObject({
  ...leafHead,
  type: z.literal('release'),
  metric: z.literal('visits'),
  bucket: visitBucketSchema,
  windowStartMs: wallMsSchema,
  windowMs: z.int().min(10_000).max(3_600_000),
  value: z.int().min(-1_000_000).max(1_000_000),
  mechanism: z.literal('discrete-laplace'),
  epsilonNumerator: z.int().min(1).max(100),
  epsilonDenominator: z.int().min(1).max(100),
  /** Share of the window in which the sensor was `ok`, per cent. 0 means "not measured", never "nobody". */
  coveragePercent: z.int().min(0).max(100),
});
export type Release = z.infer<typeof releaseSchema>;

/** Everything that can stand in the log, in the order in which it became known. */
export const leafSchema = z.discriminatedUnion('type', [playSchema, faultSchema, releaseSchema]);
export type Leaf = z.infer<typeof leafSchema>;
