import { z } from 'zod';
import { durationMsSchema } from './ids.ts';

/** How one creative follows another. `ms` counts from the first frame of the new one; a cut takes none. */
export const transitionSchema = z.strictObject({ kind: z.enum(['cut', 'fade', 'slide', 'push']), ms: durationMsSchema.max(5_000) });
export type Transition = z.infer<typeof transitionSchema>;

/** How a creative lies in its zone, looks and sounds: the content manager's wishes, per creative. */
export const presentationSchema = z.strictObject({
  /** `contain`: all of it, with background beside it. `cover`: no background, edges cut off. `fill`: stretched. */
  fit: z.enum(['contain', 'cover', 'fill']).optional(),
  /** Behind what does not fill the zone, or is transparent. Without one, black; white behind a page, as in any browser. */
  background: z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #1a2b3c').optional(),
  /** 0 is silent, which is also how a video plays without a word: a shop is no cinema. Sound alone is at 100 then. */
  volumePercent: z.int().min(0).max(100).optional(),
  /** Kept free on each side, in per cent of the zone's width and height, for panels whose frame covers the edge. */
  safeAreaPercent: z.int().min(0).max(15).optional(),
  /**
   * Of a page: the size that it was made for, CSS pixels. It is laid out at that size, and lies in its zone like a picture of it,
   * by `fit`. Without one, it is laid out at the size of its zone.
   */
  madeFor: z.strictObject({ widthPx: z.int().min(100).max(7_680), heightPx: z.int().min(100).max(7_680) }).optional(),
  /** How it comes to the front. Without one, it fades in within 400 ms. */
  transition: transitionSchema.optional(),
});
export type Presentation = z.infer<typeof presentationSchema>;

/** A part of the panel with content of its own, in per cent of the picture as people see it. */
export const zoneSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  leftPercent: z.number().min(0).max(100),
  topPercent: z.number().min(0).max(100),
  widthPercent: z.number().min(1).max(100),
  heightPercent: z.number().min(1).max(100),
});
export type Zone = z.infer<typeof zoneSchema>;

/** The zone that every programme has: the whole panel, unless a layout says otherwise. */
export const MAIN_ZONE = 'main';

/** Clockwise turn of the picture on a panel that hangs on its side or upside down, degrees. */
export const rotationSchema = z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]);
export type Rotation = z.infer<typeof rotationSchema>;
