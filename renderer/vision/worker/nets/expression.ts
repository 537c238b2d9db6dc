import type { Cutter, Region } from './cutter.ts';
import type { Net, Tensor, Tensorflow } from './tensorflow.ts';

/** Side of the net's input, px: grey, -1 to 1. */
const INPUT_PX = 64;
const OUTPUT = 'Identity:0';
/** ITU-R BT.601. */
const LUMA = [0.2989, 0.587, 0.1140] as const;
/** Of angry, disgust, fear, happy, sad, surprise, neutral: the only one of the seven that leaves this file. */
const HAPPY = 3;

/**
 * P(smiling) of one face, 0 to 1, by the mini-Xception net of Arriaga et al. (arXiv 1710.07557). The other six expressions
 * are not even read out: they are right too seldom to be worth anybody's trust.
 */
export async function estimateSmile(tf: Tensorflow, net: Net, cutter: Cutter, region: Region): Promise<number> {
  const crop = cutter.tensor(region, INPUT_PX);
  const input = tf.tidy(() => tf.sub(tf.div(tf.sum(tf.mul(crop, LUMA), 3, true), 127.5), 1));
  const output = net.execute(input, OUTPUT) as Tensor;
  const scores = await output.data();
  for (const tensor of [crop, input, output]) tensor.dispose();
  return Math.min(1, Math.max(0, scores[HAPPY] ?? 0));
}
