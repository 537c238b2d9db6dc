import { z } from 'zod';
import { observationSchema } from './observation.ts';

/** `GET /vision/settings`: what the vision page shall look at, and what it may. */
export const visionSettingsSchema = z.strictObject({
  source: z.discriminatedUnion('kind', [
    /** The default camera, or the one with this label. */
    z.strictObject({ kind: z.literal('camera'), label: z.string().max(200).optional() }),
    /** A video file served by the player. `loop`: in real time, over and over, as if it were the camera. `whole`: once, every frame, as fast as it can. */
    z.strictObject({ kind: z.literal('clip'), url: z.string().max(200), mode: z.enum(['loop', 'whole']) }),
  ]),
  /** Without it the age and gender net is not even loaded. */
  demographics: z.boolean(),
  /** Without it the expression net is not even loaded. */
  expression: z.boolean(),
  /** Whether skeletons are wanted: somebody drew shelves to reach into. */
  skeletons: z.boolean(),
  /** The camera was calibrated where it stands: once it was moved, its pictures say nothing about places any more. */
  calibrated: z.boolean(),
  /** Most pictures analysed a second. */
  framesPerSecond: z.number().min(0.5).max(30),
  /** How often bodies are searched. */
  bodyEveryMs: z.int().min(100).max(60_000),
  /** Time the demographic net may take of each second. */
  demographicsBudgetMs: z.int().min(0).max(1000),
  backend: z.enum(['auto', 'webgpu', 'webgl', 'wasm']),
});
export type VisionSettings = z.infer<typeof visionSettingsSchema>;

/** `POST /vision/observations`: numbers only. `done` closes a whole clip. */
export const visionReportSchema = z.strictObject({
  observations: z.array(observationSchema).max(64),
  /** Pictures analysed and time spent since the page began. */
  frames: z.int().min(0),
  elapsedMs: z.number().min(0),
  backend: z.string().max(40),
  done: z.boolean(),
});
export type VisionReport = z.infer<typeof visionReportSchema>;
