import { z } from 'zod';

/** How the machine behind a screen does, in every status report. Nothing about people. `null`: nobody tells. */
export const machineHealthSchema = z.strictObject({
  /** Of all processors together, since the report before. */
  cpuPercent: z.int().min(0).max(100).nullable(),
  /** Used by everything on the machine. */
  memoryPercent: z.int().min(0).max(100),
  /** The hottest sensor. */
  temperatureC: z.int().min(-50).max(200).nullable(),
  uptimeS: z.int().min(0),
  /** Frames that the stage presented a second, since the report before. */
  framesPerSecond: z.number().min(0).max(1_000),
});
export type MachineHealth = z.infer<typeof machineHealthSchema>;
