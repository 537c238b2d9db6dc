import type { Tensorflow } from '../nets/tensorflow.ts';

/** What of TensorFlow's two graphics backends can be lost. */
interface GraphicsBackend {
  /** Of WebGL. */
  readonly gpgpu?: { readonly gl: { readonly canvas: EventTarget } };
  /** Of WebGPU: https://www.w3.org/TR/webgpu/#gpudevicelostinfo */
  readonly device?: { readonly lost: Promise<{ readonly message: string }> };
}

/**
 * Calls `onLost` when the graphics card takes its memory away, which drivers do after a crash, an update or a sleep. All
 * tensors are gone then, and TensorFlow would go on with empty ones.
 */
export function watchGpu(tf: Tensorflow, onLost: (why: string) => void): void {
  const { gpgpu, device } = tf.backend() as GraphicsBackend;
  gpgpu?.gl.canvas.addEventListener('webglcontextlost', () => onLost('its WebGL context was lost'));
  void device?.lost.then(({ message }) => onLost(message));
}
