import { z } from 'zod';

/** `GET /calibration/settings`: what the calibration page shows the floor in. The calibration itself is `GET` and `PUT …/calibration.json`. */
export const calibrationSettingsSchema = z.strictObject({
  source: z.discriminatedUnion('kind', [
    /** The default camera, or the one with this label. */
    z.strictObject({ kind: z.literal('camera'), label: z.string().max(200).optional() }),
    /** A video file served beside the page, as if it were the camera. */
    z.strictObject({ kind: z.literal('clip'), url: z.string().max(200) }),
  ]),
});
export type CalibrationSettings = z.infer<typeof calibrationSettingsSchema>;
