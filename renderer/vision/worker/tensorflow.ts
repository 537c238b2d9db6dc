/** A tensor, as far as we use one. Whoever makes it disposes it: nothing in the worker collects tensors. */
export interface Tensor {
  readonly shape: readonly number[];
  data(): Promise<Float32Array>;
  dispose(): void;
}

export interface Net {
  execute(input: Tensor, outputs: string | readonly string[]): Tensor | Tensor[];
}

/**
 * The part of TensorFlow.js that we use. Human carries its own build of it, without types that fit; a second copy would
 * not share tensors with it.
 */
export interface Tensorflow {
  getBackend(): string;
  memory(): { readonly numTensors: number };
  loadGraphModel(url: string): Promise<Net>;
  tidy<T extends Tensor>(compute: () => T): T;
  expandDims(tensor: Tensor, axis: number): Tensor;
  mul(a: Tensor, b: number): Tensor;
  cast(tensor: Tensor, type: 'float32'): Tensor;
  readonly browser: { fromPixels(canvas: OffscreenCanvas): Tensor };
  readonly image: { resizeBilinear(images: Tensor, size: readonly [number, number]): Tensor };
}
