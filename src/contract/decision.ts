import { z } from 'zod';
import { criterionSchema } from './criterion.ts';
import { sha256Schema, slugSchema, uuidSchema } from './ids.ts';
import { DEEPEST_PLAYLIST, tierSchema } from './playlist.ts';

/** A reason as it was written before schedules and playlists. */
export const earlierReasonSchema = z.strictObject({
  kind: z.enum(['audience', 'rotation', 'booked', 'house']),
  tier: tierSchema,
  criteria: z.array(criterionSchema).max(8),
});

/**
 * Why this creative. `audience`: its criteria held. `rotation`: it was due by `atLeastEveryMs`. `house`: nothing more
 * specific was eligible. Holds the rule that matched, never a measured value: a play leaves the screen word for word, and
 * no number about people may ride on it.
 */
export const reasonSchema = z.strictObject({
  ...earlierReasonSchema.shape,
  /** Its own, and those of the playlists that led to it. */
  criteria: z.array(criterionSchema).max(8 * (DEEPEST_PLAYLIST + 1)),
  /** The schedule that held, in words: "Saturday, 07:00 to 12:00". */
  schedule: z.string().min(1).max(300).optional(),
  /** Ids of the playlists that led to it, from the one that was drawn inwards. */
  playlist: z.array(slugSchema).min(1).max(DEEPEST_PLAYLIST).optional(),
  /** It was shown as the fallback of the creative that was drawn, and why that could not be shown: the code of its fault. */
  insteadOf: z.strictObject({ creativeId: slugSchema, code: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/) }).optional(),
});
export type Reason = z.infer<typeof reasonSchema>;

/** A decision as it was written before slots. */
export const earlierDecisionSchema = z.strictObject({
  decisionId: uuidSchema,
  /** What was shown. What was drawn, too, unless the reason says instead of which it stands. */
  creativeId: slugSchema,
  reason: earlierReasonSchema,
  /** SHA-256 over the `id:weight` lines of all that could be drawn, sorted: an auditor replays the draw from it and the seed. */
  eligibleSha256: sha256Schema,
  /** Probability that this creative, or the playlist that it stands in, was drawn, in millionths. */
  propensityPpm: z.int().min(1).max(1_000_000),
  programmeVersion: z.int().min(1),
  /** Seed of the draw, unsigned 32 bit. */
  seed: z.int().min(0).max(0xffff_ffff),
});

export const decisionSchema = z.strictObject({
  ...earlierDecisionSchema.shape,
  reason: reasonSchema,
  /** Which slot since 1970 it was chosen for: its seed follows from it. Absent where the screen keeps its own time. */
  slot: z.int().min(0).optional(),
});
export type Decision = z.infer<typeof decisionSchema>;
