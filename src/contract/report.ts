import { z } from 'zod';
import { reasonSchema } from './decision.ts';
import { endReasonSchema } from './leaf.ts';
import { visitSchema } from './audience.ts';

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
    /** Mean expected share of the people present, per cent. */
    groups: z.record(z.string(), z.number()),
  }),
  impressions: z.strictObject({ logged: z.int(), acknowledged: z.int(), lost: z.int(), duplicated: z.int() }),
  errors: z.array(z.string()),
});
export type RunReport = z.infer<typeof runReportSchema>;

/** What `litfass vision CLIP --report FILE` writes. */
export const visionClipReportSchema = z.strictObject({
  frames: z.int(),
  analysedFps: z.number(),
  visits: z.array(visitSchema),
  footfall: z.int(),
  watchers: z.int(),
});
export type VisionClipReport = z.infer<typeof visionClipReportSchema>;
