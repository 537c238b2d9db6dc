import { z } from 'zod';
import { criterionSchema, tierSchema } from './programme.ts';
import { sha256Schema, slugSchema, uuidSchema } from './ids.ts';

/**
 * Why this creative. `audience`: its criteria held. `rotation`: it was due by `atLeastEveryMs`. `house`: nothing more
 * specific was eligible. Holds the rule that matched, never a measured value: a play leaves the screen word for word, and
 * no number about people may ride on it.
 */
export const reasonSchema = z.strictObject({
  kind: z.enum(['audience', 'rotation', 'booked', 'house']),
  tier: tierSchema,
  criteria: z.array(criterionSchema).max(8),
});
export type Reason = z.infer<typeof reasonSchema>;

export const decisionSchema = z.strictObject({
  decisionId: uuidSchema,
  creativeId: slugSchema,
  reason: reasonSchema,
  /** SHA-256 over the eligible creatives' `id:weight` lines, sorted: an auditor replays the draw from it and the seed. */
  eligibleSha256: sha256Schema,
  /** Probability that this creative was drawn, in millionths. */
  propensityPpm: z.int().min(1).max(1_000_000),
  programmeVersion: z.int().min(1),
  /** Seed of the draw, unsigned 32 bit. */
  seed: z.int().min(0).max(0xffff_ffff),
});
export type Decision = z.infer<typeof decisionSchema>;
