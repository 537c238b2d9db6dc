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
