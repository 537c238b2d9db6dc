import { AGE_BANDS, type DemographicSample } from '../../../../src/contract/index.ts';
import type { Cutter, Region } from './cutter.ts';
import type { Net, Tensor } from './tensorflow.ts';

/** Side of the net's input, px: the whole head, RGB, 0 to 255, as Human gives it. */
const INPUT_PX = 224;
/** Only these two heads run: the net's third output is an embedding, which would be a biometric template. */
const OUTPUTS = ['age_pred/Softmax:0', 'gender_pred/Sigmoid:0'] as const;
/** First year of each band. */
const BAND_STARTS = AGE_BANDS.map((band) => Number.parseInt(band, 10));

/** What the age and gender net says of one face. */
export async function estimateDemographics(net: Net, cutter: Cutter, region: Region): Promise<DemographicSample> {
  const input = cutter.tensor(region, INPUT_PX);
  const [age, male] = net.execute(input, OUTPUTS) as [Tensor, Tensor];
  const [years, pMale] = await Promise.all([age.data(), male.data()]);
  for (const tensor of [input, age, male]) tensor.dispose();
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
