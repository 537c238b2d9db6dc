/** A tensor, as far as we use one. Whoever makes it disposes it: nothing in the worker collects tensors. */
export interface Tensor {
  readonly shape: readonly number[];
  data(): Promise<Float32Array>;
  dispose(): void;
}

export interface Net {
  execute(input: Tensor, outputs: string | readonly string[]): Tensor | Tensor[];
  dispose(): void;
}

/**
 * The part of TensorFlow.js that we use, in the build that comes with Human: the nets are Human's, and it carries all three
 * backends in one file. Its types do not fit, so here are ours.
 */
export interface Tensorflow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  getBackend(): string;
  backend(): unknown;
  setWasmPaths(folder: string): void;
  /** Of the WebAssembly backend, once it runs; -1 before. */
  getThreadsCount(): number;
  env(): { getAsync(flag: string): Promise<unknown>; set(flag: string, value: boolean | number): void };
  enableProdMode(): void;
  registerKernel(kernel: { readonly kernelName: string; readonly backendName: string; readonly kernelFunc: (call: { readonly inputs: Readonly<Record<string, Tensor>> }) => Tensor }): void;
  getKernel(name: string, backend: string): unknown;
  memory(): { readonly numTensors: number };
  loadGraphModel(url: string): Promise<Net>;
  tidy<T extends Tensor>(compute: () => T): T;
  expandDims(tensor: Tensor, axis: number): Tensor;
  add(a: Tensor, b: Tensor | number): Tensor;
  sub(a: Tensor, b: Tensor | number): Tensor;
  mul(a: Tensor, b: Tensor | number | readonly number[]): Tensor;
  div(a: Tensor, b: Tensor | number): Tensor;
  floorDiv(a: Tensor, b: Tensor): Tensor;
  mod(a: Tensor, b: Tensor): Tensor;
  sum(tensor: Tensor, axis: number, keepDims: boolean): Tensor;
  cast(tensor: Tensor, type: 'float32' | 'int32'): Tensor;
  readonly browser: { fromPixels(canvas: OffscreenCanvas): Tensor };
}
