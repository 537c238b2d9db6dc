import { AGE_BANDS, type DemographicSample } from '../../../src/contract/index.ts';
import type { Net, Tensor, Tensorflow } from './tensorflow.ts';

/** Side of the net's input, px. Like Human, we give it the enlarged crop of the face, RGB, 0 to 255. */
const INPUT_PX = 224;
/** Only these two heads run: the net's third output is an embedding, which would be a biometric template. */
const OUTPUTS = ['age_pred/Softmax:0', 'gender_pred/Sigmoid:0'] as const;
/** First year of each band. */
const BAND_STARTS = AGE_BANDS.map((band) => Number.parseInt(band, 10));

/**
 * What the age and gender net says of one face.
 *
 * @param crop height×width×3, 0 to 1, as Human cuts it (the box enlarged by 1.4); stays the caller's
 */
export async function estimateDemographics(tf: Tensorflow, net: Net, crop: Tensor): Promise<DemographicSample> {
  const input = tf.tidy(() => tf.mul(tf.image.resizeBilinear(tf.expandDims(crop, 0), [INPUT_PX, INPUT_PX]), 255));
  const [age, male] = net.execute(input, OUTPUTS) as [Tensor, Tensor];
  input.dispose();
  const [years, pMale] = await Promise.all([age.data(), male.data()]);
  age.dispose();
  male.dispose();
  return { ageBands: bandsOf(years), female: clamp01(1 - (pMale[0] ?? 0.5)) };
}

/** Sums a distribution over single years (index = age) into the bands of `AGE_BANDS`. */
export function bandsOf(years: ArrayLike<number>): number[] {
  const bands = BAND_STARTS.map(() => 0);
  for (let age = 0; age < years.length; age++) {
    const band = BAND_STARTS.findLastIndex((start) => age >= start);
    bands[band] = (bands[band] ?? 0) + (years[age] ?? 0);
  }
  return bands.map(clamp01);
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
