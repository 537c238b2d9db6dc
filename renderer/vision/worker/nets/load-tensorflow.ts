// Served as it is, not bundled: TensorFlow starts its threads from the source text of one of its own functions, which a
// bundler's renaming breaks. The package exports no path that a browser bundler could resolve, hence the relative one.
import tensorflowUrl from '../../../../node_modules/@vladmandic/human/dist/tfjs.esm.js?url';
import type { Tensorflow } from './tensorflow.ts';

/** Not in TensorFlow's WebAssembly backend, though the person detector needs it. */
const FLOOR_MOD = 'FloorMod';

/** TensorFlow.js with all its backends, from our own server. None is started yet. */
export async function loadTensorflow(baseUrl: string): Promise<Tensorflow> {
  const tf = (await import(/* @vite-ignore */ new URL(tensorflowUrl, import.meta.url).href)) as Tensorflow;
  tf.enableProdMode();
  tf.setWasmPaths(`${baseUrl}wasm/`);
  return tf;
}

/** Adds the one operation that a backend may lack: a - b·⌊a ÷ b⌋. */
export function completeBackend(tf: Tensorflow): void {
  const backendName = tf.getBackend();
  if (tf.getKernel(FLOOR_MOD, backendName)) return;
  tf.registerKernel({
    kernelName: FLOOR_MOD,
    backendName,
    kernelFunc({ inputs: { a, b } }) {
      if (!a || !b) throw new Error(`${FLOOR_MOD} needs two tensors`);
      return tf.tidy(() => tf.sub(a, tf.mul(tf.floorDiv(a, b), b)));
    },
  });
}
