import { z } from 'zod';

/** A box as fractions of the picture, origin top left. A person half out of the picture reaches below 0 or above 1. */
export const boxSchema = z.strictObject({
  x: z.number().min(-2).max(3),
  y: z.number().min(-2).max(3),
  width: z.number().positive().max(3),
  height: z.number().positive().max(3),
});
export type Box = z.infer<typeof boxSchema>;

/**
 * What the age and gender net says of one face in one frame: probabilities, never a label. `ageBands` is the softmax over
 * 100 years summed into the bands of `AGE_BANDS`; `female` is P(female). Sampled only for faces that pass the quality gate.
 */
export const demographicSampleSchema = z.strictObject({
  ageBands: z.array(z.number().min(0).max(1)).length(7),
  female: z.number().min(0).max(1),
});
export type DemographicSample = z.infer<typeof demographicSampleSchema>;

/** The trade's age bands, years. The first is never a target, and nothing finer is said of the people in it. */
export const AGE_BANDS = ['0-17', '18-24', '25-34', '35-44', '45-54', '55-64', '65+'] as const;

export const faceSchema = z.strictObject({
  box: boxSchema,
  score: z.number().min(0).max(1),
  /** Head turn, degrees, 0 = towards the camera, positive = towards the right edge of the picture. `null`: not measured in this picture. */
  yawDeg: z.number().min(-180).max(180).nullable(),
  /** Head tilt, degrees, 0 = level, positive = up. `null` with `yawDeg`. */
  pitchDeg: z.number().min(-180).max(180).nullable(),
  demographics: demographicSampleSchema.optional(),
  /** P(smiling). Only where the site's policy permits expression. */
  smile: z.number().min(0).max(1).optional(),
});
export type Face = z.infer<typeof faceSchema>;

/** The joints of a skeleton, in the order of COCO-18: those of COCO-17 and the neck, the middle between the shoulders. */
export const JOINTS = [
  'nose', 'neck', 'right-shoulder', 'right-elbow', 'right-wrist', 'left-shoulder', 'left-elbow', 'left-wrist', 'right-hip',
  'right-knee', 'right-ankle', 'left-hip', 'left-knee', 'left-ankle', 'right-eye', 'left-eye', 'right-ear', 'left-ear',
] as const;
export type JointName = (typeof JOINTS)[number];

/** A place in the picture, as fractions of its width and height, and how sure the pose net is of it. */
export const jointSchema = z.strictObject({ x: z.number().min(-2).max(3), y: z.number().min(-2).max(3), score: z.number().min(0).max(1) });
export type Joint = z.infer<typeof jointSchema>;

export const bodySchema = z.strictObject({
  box: boxSchema,
  score: z.number().min(0).max(1),
  /** In the order of `JOINTS`. Missing: this body's pose was not looked for in this picture. */
  joints: z.array(jointSchema).length(JOINTS.length).optional(),
});
export type Body = z.infer<typeof bodySchema>;

/**
 * One analysed camera picture. Strict: a field that is not listed (pixels, a face's landmarks, an embedding, a name) is refused.
 * `atMs` is the sensor's own monotonic time of capture, for a clip the clip's time.
 */
export const frameObservationSchema = z.strictObject({
  kind: z.literal('frame'),
  atMs: z.number().min(0),
  widthPx: z.int().min(1).max(16_384),
  heightPx: z.int().min(1).max(16_384),
  faces: z.array(faceSchema).max(64),
  /** `null`: bodies were not searched in this picture (that is done at a lower rate). */
  bodies: z.array(bodySchema).max(64).nullable(),
  /** Bodies whose pose was followed from an earlier picture, between two searches: nothing says how many others there are. */
  poses: z.array(bodySchema).max(8).optional(),
});
export type FrameObservation = z.infer<typeof frameObservationSchema>;

/**
 * Whether the camera can be believed. `absent`: no camera, or not allowed. `blind`: there is one, but it shows nothing
 * that could be measured. Neither is the same as "nobody is there".
 */
export const sensorStateSchema = z.enum(['ok', 'blind', 'absent']);
export type SensorState = z.infer<typeof sensorStateSchema>;

export const sensorObservationSchema = z.strictObject({
  kind: z.literal('sensor'),
  atMs: z.number().min(0),
  state: sensorStateSchema,
  /** For people: what is wrong and what to do. Empty when `ok`. */
  message: z.string().max(500),
});
export type SensorObservation = z.infer<typeof sensorObservationSchema>;

/** Everything a sensor can say. Beacons, radio presence and counters join this union with their sensors. */
export const observationSchema = z.discriminatedUnion('kind', [frameObservationSchema, sensorObservationSchema]);
export type Observation = z.infer<typeof observationSchema>;
