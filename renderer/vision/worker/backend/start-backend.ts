import { completeBackend } from '../nets/load-tensorflow.ts';
import type { Tensorflow } from '../nets/tensorflow.ts';
import type { Backend } from './candidates.ts';

/**
 * Starts one backend.
 *
 * @returns what really runs, at most 40 characters: `wasm simd 2 threads`
 * @throws Error when it cannot be had here
 */
export async function startBackend(tf: Tensorflow, backend: Backend): Promise<string> {
  const started = await tf.setBackend(backend);
  await tf.ready();
  // TensorFlow falls back to another backend with no more than a line on the console.
  if (!started || tf.getBackend() !== backend) throw new Error(`backend ${backend} is not to be had here`);
  completeBackend(tf);
  if (backend !== 'wasm') return backend;
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) === true ? ' simd' : '';
  // The module takes half of the cores and four at most, whatever it is asked for, and says itself how many it has.
  const threads = (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) === true ? tf.getThreadsCount() : 1;
  return `wasm${simd} ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
