import { z } from 'zod';
import { clockQualitySchema } from './clock.ts';
import { durationMsSchema, wallMsSchema } from './ids.ts';

/** A small JPEG in base64, at most 300 kB. */
export const jpegSchema = z.base64().max(400_000);

/**
 * That screens send a picture of their stage now and then, so that whoever is far away sees what shoppers see. It stands in the signed
 * programme: a hub that was taken over cannot begin with it in secret. At most one a minute.
 */
export const pictureScheduleSchema = z.strictObject({ everyMs: durationMsSchema.min(60_000).max(86_400_000) });
export type PictureSchedule = z.infer<typeof pictureScheduleSchema>;

/** `POST /v1/screens/:id/picture`: of the stage page alone. The camera has a page, and a browser, of its own, of which no picture is ever taken. */
export const stagePictureSchema = z.strictObject({
  /** By the screen's wall clock. */
  takenMs: wallMsSchema,
  clock: clockQualitySchema,
  picture: jpegSchema,
});
export type StagePicture = z.infer<typeof stagePictureSchema>;

/** What a hub says of the newest picture of a screen's stage; `GET /api/screens/:id/picture` is the picture itself. */
export const keptPictureSchema = z.strictObject({
  /** By the hub's clock. */
  arrivedMs: wallMsSchema,
  /** By the screen's own clock, when the programme asked for it; `null`: somebody asked, and it came as the answer. */
  taken: z.strictObject({ ms: wallMsSchema, clock: clockQualitySchema }).nullable(),
});
export type KeptPicture = z.infer<typeof keptPictureSchema>;
