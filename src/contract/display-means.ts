import { z } from 'zod';

/** A program and its arguments; never a shell. `{percent}` stands for the brightness. */
const programSchema = z.array(z.string().min(1).max(500)).min(1).max(20);
const clockTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:30');

/** Where a machine has several: the number that `ddcutil detect` gives it. */
const ddcDisplaySchema = z.int().min(1).max(16).optional();

/** `display.json` in the data folder, written by the installer: how this panel is switched, and when. */
export const displayMeansSchema = z.strictObject({
  /** `cec`: over HDMI with cec-ctl. `ddc`: over the monitor's own line with ddcutil. Or a program of the installer's. */
  power: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('cec'), device: z.string().regex(/^\/dev\/cec\d+$/).default('/dev/cec0') }),
      z.strictObject({ kind: z.literal('ddc'), display: ddcDisplaySchema }),
      z.strictObject({ kind: z.literal('program'), on: programSchema, off: programSchema }),
    ])
    .optional(),
  brightness: z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('ddc'), display: ddcDisplaySchema }), z.strictObject({ kind: z.literal('program'), set: programSchema })]).optional(),
  /** In the screen's time zone. Off outside of all of them; an `off` before its `on` is on the next day. None: always on. */
  hours: z.array(z.strictObject({ days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).min(1).max(7), on: clockTimeSchema, off: clockTimeSchema })).max(30).optional(),
});
export type DisplayMeans = z.infer<typeof displayMeansSchema>;
