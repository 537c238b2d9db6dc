import { z } from 'zod';

/** One thing that was looked at on a machine. `fix` says what to do, where something is to be done. */
export const findingSchema = z.strictObject({
  what: z.string().max(40),
  state: z.enum(['ok', 'warn', 'fail']),
  found: z.string().max(500),
  fix: z.string().max(500).optional(),
});
export type Finding = z.infer<typeof findingSchema>;
/** What `litfass doctor --json` prints. */
export const doctorReportSchema = z.strictObject({ version: z.string(), machine: z.string(), findings: z.array(findingSchema) });
export type DoctorReport = z.infer<typeof doctorReportSchema>;

const decodingSchema = z.strictObject({ supported: z.boolean(), smooth: z.boolean(), powerEfficient: z.boolean() });

/** What a page found out about the browser that it is in. */
export const browserSightSchema = z.strictObject({
  version: z.string().max(500),
  webgl: z.string().max(500).nullable(),
  webgpu: z.string().max(500).nullable(),
  /** Name → how it plays 1080p with 30 frames a second. */
  codecs: z.record(z.string(), decodingSchema),
  /** Writing → whether there are letters for it. */
  fonts: z.record(z.string(), z.boolean()),
});
export type BrowserSight = z.infer<typeof browserSightSchema>;

/** What a packaged program found out about itself, for the doctor, which runs in a process of its own. */
export const programSightSchema = z.strictObject({
  electron: z.string().max(40),
  /** The page's words, or why there are none. */
  browser: z.union([browserSightSchema, z.strictObject({ failed: z.string().max(300) })]),
  /** Feature → how it is done, e.g. `gpu_compositing` → `enabled`. */
  features: z.record(z.string(), z.string()),
  /** PCI numbers of the graphics processors. */
  gpus: z.array(z.strictObject({ vendorId: z.int(), deviceId: z.int(), active: z.boolean() })),
});
export type ProgramSight = z.infer<typeof programSightSchema>;
