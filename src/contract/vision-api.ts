import { z } from 'zod';
import { observationSchema } from './observation.ts';

/** What a page measured at its start to choose a backend. It is given back at the next start, which then need not measure. */
export const backendMeasurementSchema = z.strictObject({
  /** Graphics, cores and browser in words: another machine, or another browser, measures anew. */
  machine: z.string().max(300),
  /** The fastest. */
  backend: z.enum(['webgpu', 'webgl', 'wasm']),
  /** Median time of one run of the face detector, ms. */
  times: z.array(z.strictObject({ backend: z.enum(['webgpu', 'webgl', 'wasm']), medianMs: z.number().min(0) })).max(3),
});
export type BackendMeasurement = z.infer<typeof backendMeasurementSchema>;

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
  /** Names the calibration: with another one the camera's place is taken for right again. */
  calibration: z.string().max(64).optional(),
  /** Most pictures analysed a second. */
  framesPerSecond: z.number().min(0.5).max(30),
  /** How often bodies are searched. */
  bodyEveryMs: z.int().min(100).max(60_000),
  /** Time the demographic net may take of each second. */
  demographicsBudgetMs: z.int().min(0).max(1000),
  /** `auto`: the fastest one of the machine. */
  backend: z.enum(['auto', 'webgpu', 'webgl', 'wasm']),
  /** The newest measurement that a page of this screen has reported. */
  measured: backendMeasurementSchema.optional(),
});
export type VisionSettings = z.infer<typeof visionSettingsSchema>;

/** `POST /vision/observations`: numbers only. `done` closes a whole clip. */
export const visionReportSchema = z.strictObject({
  observations: z.array(observationSchema).max(64),
  /** Pictures analysed and time spent since the page began. */
  frames: z.int().min(0),
  elapsedMs: z.number().min(0),
  backend: z.string().max(40),
  /** Once after a benchmark. */
  measurement: backendMeasurementSchema.optional(),
  done: z.boolean(),
});
export type VisionReport = z.infer<typeof visionReportSchema>;
