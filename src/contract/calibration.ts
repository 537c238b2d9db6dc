import { z } from 'zod';
import { slugSchema } from './ids.ts';
import { AGE_BANDS } from './observation.ts';

/** A place in the picture, as fractions of its width and height. Corners may lie a little outside. */
const picturePlaceSchema = z.strictObject({ x: z.number().min(-0.5).max(1.5), y: z.number().min(-0.5).max(1.5) });
const metres = z.number().min(0.1).max(50);

/** A shelf, or a part of one, that the installer drew into the picture. */
export const shelfSchema = z.strictObject({
  id: slugSchema,
  name: z.string().trim().min(1).max(80),
  /** Around its front, in order. */
  corners: z.array(picturePlaceSchema).min(3).max(12),
  /** Where its front stands on the floor: says how far away it is. */
  foot: picturePlaceSchema,
});
export type Shelf = z.infer<typeof shelfSchema>;

/**
 * `calibration.json` in the player's data folder: where the camera stands, made once by the installer on a page of the player.
 * A rectangle on the floor seen as a quadrilateral, and its two lengths, fix the camera's height, tilt, focal length and place.
 */
export const calibrationSchema = z.strictObject({
  v: z.literal(1),
  /** Width over height of the pictures that it was made in. */
  aspect: z.number().min(0.3).max(4),
  /** Corners of the rectangle in the picture: near left, near right, far right, far left, as the camera sees them. */
  quadrilateral: z.tuple([picturePlaceSchema, picturePlaceSchema, picturePlaceSchema, picturePlaceSchema]),
  /** Length of its near and far edge, metres. */
  widthM: metres,
  /** Length of its left and right edge, metres. */
  depthM: metres,
  /** The panel, as it hangs beside the camera; metres. */
  screen: z.strictObject({
    widthM: metres,
    heightM: metres,
    /** From the camera to the middle of the panel: towards the right edge of the camera's picture, and up. For a camera on top of the panel `upM` is negative. */
    rightM: z.number().min(-5).max(5),
    upM: z.number().min(-5).max(5),
  }),
  /** Where on the floor the screen can be seen from: a sector before it. */
  exposure: z.strictObject({ nearestM: z.number().min(0).max(20), furthestM: z.number().min(0.5).max(50), halfAngleDeg: z.number().min(5).max(90) }),
  shelves: z.array(shelfSchema).max(16),
});
export type Calibration = z.infer<typeof calibrationSchema>;

const probabilityRow = (length: number) => z.array(z.number().min(0).max(1)).length(length).refine((row) => Math.abs(row.reduce((sum, p) => sum + p, 0) - 1) < 1e-3, 'the row must sum to 1');

/**
 * `demographics.json` in the player's data folder: how the age and gender net errs, measured on people whose age and gender
 * are known. Rows of a confusion matrix are the truth, columns what the net said; each row sums to 1.
 */
export const demographicCalibrationSchema = z.strictObject({
  v: z.literal(1),
  /** Stands in reports: `faceres-2026-11`. */
  name: slugSchema,
  /** On whom it was measured, in words. */
  measuredOn: z.string().trim().min(1).max(500),
  /** Logarithms of probabilities are divided by these before they are used: above 1 the net is too sure of itself. */
  ageTemperature: z.number().min(0.2).max(10),
  genderTemperature: z.number().min(0.2).max(10),
  ageConfusion: z.array(probabilityRow(AGE_BANDS.length)).length(AGE_BANDS.length),
  /** Female, male. */
  genderConfusion: z.array(probabilityRow(2)).length(2),
});
export type DemographicCalibration = z.infer<typeof demographicCalibrationSchema>;
