import type { Trouble } from '../../messages.ts';

/** Standard deviation of brightness, of 255, below which a picture shows nothing. */
const MIN_CONTRAST = 4;
/** Mean brightness, of 255: a plain picture below is dark, above it has something in front of it. */
const DARK = 28;

/**
 * Whether a picture shows one plain surface: a shop in the dark, or a covered lens. A covered camera must not be read as an
 * empty shop. `null`: there is something to see.
 */
export function plainness(means: Float32Array): Trouble | null {
  const mean = means.reduce((sum, luma) => sum + luma, 0) / means.length;
  const contrast = Math.sqrt(means.reduce((sum, luma) => sum + (luma - mean) ** 2, 0) / means.length);
  if (contrast >= MIN_CONTRAST) return null;
  return mean < DARK
    ? { state: 'blind', message: 'picture-dark: the camera sees nothing but darkness; switch the light on, or uncover its lens' }
    : { state: 'blind', message: 'picture-covered: the camera shows one plain surface; take away what is in front of its lens' };
}
