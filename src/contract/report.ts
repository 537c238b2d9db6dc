import { z } from 'zod';
import { reasonSchema } from './decision.ts';
import { endReasonSchema } from './leaf.ts';
import { floorSumsSchema, visitSchema } from './audience.ts';
import { AGE_BANDS } from './observation.ts';

/** `null`: a share of nothing. */
const shareSchema = z.number().min(0).max(1).nullable();

/** What `npm start -- --seconds N --report FILE` writes. */
export const runReportSchema = z.strictObject({
  shell: z.enum(['electron', 'chromium', 'headless']),
  /** From the start of the player process to the first presented frame. */
  coldStartMs: z.int().nullable(),
  plays: z.array(z.strictObject({ creative: z.string(), reason: reasonSchema, startedAt: z.iso.datetime(), durationMs: z.int(), presentedFrames: z.int(), endReason: endReasonSchema })),
  audience: z.strictObject({
    samples: z.int(),
    maxPresent: z.int(),
    meanPresent: z.number(),
    watchers: z.int(),
    /** Visits with an opportunity to see, the share of them that watched, and the share of all dwell that was attention. */
    opportunities: z.int(),
    conversionRatio: shareSchema,
    attractionRatio: shareSchema,
    /** Mean expected share of the people present, per cent. */
    groups: z.record(z.string(), z.number()),
  }),
  impressions: z.strictObject({ logged: z.int(), acknowledged: z.int(), lost: z.int(), duplicated: z.int() }),
  errors: z.array(z.string()),
});
export type RunReport = z.infer<typeof runReportSchema>;

/** What `litfass vision CLIP --report FILE` writes. A message is taken to be on the screen throughout. */
export const visionClipReportSchema = z.strictObject({
  frames: z.int(),
  analysedFps: z.number(),
  /** In the order in which they began; `attractionRatio` is the share of dwell that was attention. */
  visits: z.array(visitSchema.extend({ attractionRatio: shareSchema })),
  footfall: z.int(),
  watchers: z.int(),
  opportunities: z.int(),
  /** Share of those with an opportunity to see that watched. */
  conversionRatio: shareSchema,
  attractionRatio: shareSchema,
  /** Expected visits in each band of `AGE_BANDS`, and of those of whom too little is known. */
  bands: z.array(z.number().min(0)).length(AGE_BANDS.length),
  bandUnknown: z.number().min(0),
  /** Mean of the visits' mean distances from the screen, metres; `null`: not calibrated. */
  distanceM: z.number().min(0).nullable(),
  /** `null`: not calibrated. */
  floor: floorSumsSchema.nullable(),
  /** Name of the measurement of the age and gender net, or `uncalibrated`. */
  demographics: z.string(),
});
export type VisionClipReport = z.infer<typeof visionClipReportSchema>;
