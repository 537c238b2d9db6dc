import { z } from 'zod';
import { durationMsSchema, slugSchema } from './ids.ts';

/** Ed25519, raw 32 bytes, in base64. */
const rawKeySchema = z.string().regex(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be 32 bytes in canonical base64');

/** A screen as its neighbours know it: they believe nobody else. */
export const slotMateSchema = z.strictObject({ screenId: slugSchema, publicKey: rawKeySchema });
export type SlotMate = z.infer<typeof slotMateSchema>;

const cycleMsSchema = durationMsSchema.min(5_000).max(3_600_000);
const MOST_FOLLOWERS = 32;
const MOST_GROUPS = 2_000;

/** A screen that stood twice would have two times. */
const TWICE = 'a screen stands twice: it leads or follows in one group';

function areAllDifferent(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}

/** As a content manager writes it: screens by the names that the hub gave them. */
export const slotsDraftSchema = z.strictObject({
  /** Screens side by side show the same at the same time: every creative of `main` is on for this long, counted from 1970. */
  cycleMs: cycleMsSchema,
  /**
   * Screens that stand together, and have no time server that they agree by: the followers count slots by the leader's clock,
   * which they measure over the shop's own network. Whoever stands in no group counts by its own.
   */
  groups: z
    .array(z.strictObject({ leader: slugSchema, followers: z.array(slugSchema).min(1).max(MOST_FOLLOWERS) }))
    .max(MOST_GROUPS)
    .refine((groups) => areAllDifferent(groups.flatMap(({ leader, followers }) => [leader, ...followers])), TWICE)
    .optional(),
});
export type SlotsDraft = z.infer<typeof slotsDraftSchema>;

/** As the hub signs it: with the keys that these screens enrolled with. */
export const slotsSchema = z.strictObject({
  cycleMs: cycleMsSchema,
  groups: z
    .array(z.strictObject({ leader: slotMateSchema, followers: z.array(slotMateSchema).min(1).max(MOST_FOLLOWERS) }))
    .max(MOST_GROUPS)
    .refine((groups) => areAllDifferent(groups.flatMap(({ leader, followers }) => [leader, ...followers].map(({ screenId }) => screenId))), TWICE)
    .optional(),
});
export type Slots = z.infer<typeof slotsSchema>;

/**
 * What a screen counts slots by. `own`: its own wall clock. `leader`: that of its leader, heard just now. `hold-over`: the leader is
 * silent, and its time is carried on with the drift that was measured. `none`: it was never told the time, and shares no slots.
 */
export const slotSourceSchema = z.enum(['own', 'leader', 'hold-over', 'none']);
export type SlotSource = z.infer<typeof slotSourceSchema>;

/** How a screen keeps its slots, in every status report. */
export const slotStateSchema = z.strictObject({
  role: z.enum(['alone', 'leads', 'follows']),
  source: slotSourceSchema,
  /** Whom it follows. */
  leader: slugSchema.nullable(),
  /** The own wall clock minus the leader's, ms. `null`: not measured. */
  offsetMs: z.int().nullable(),
  /** The leader's time is known to within this, ms, either way. */
  uncertaintyMs: z.number().min(0).nullable(),
  /** How fast the leader's clock runs away from this one's. */
  driftPpm: z.number().nullable(),
});
export type SlotState = z.infer<typeof slotStateSchema>;
