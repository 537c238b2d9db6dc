import type { VisionSettings } from '../../../src/contract/index.ts';

export type Backend = Exclude<VisionSettings['backend'], 'auto'>;

/** Names under which a processor pretends to be a graphics card; WebAssembly is faster than any of them. */
const SOFTWARE_GPU = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i;

/** The backends to try, best first. `auto` takes a GPU only when it is one. */
export async function backendsToTry(wanted: VisionSettings['backend']): Promise<readonly Backend[]> {
  if (wanted !== 'auto') return [wanted];
  const found: Backend[] = [];
  if (await hasWebGpu()) found.push('webgpu');
  if (hasWebGl()) found.push('webgl');
  return [...found, 'wasm'];
}

/** Not in TypeScript's library for workers: https://www.w3.org/TR/webgpu/#gpuadapterinfo */
interface Gpu {
  requestAdapter(): Promise<{ readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string; readonly isFallbackAdapter?: boolean } } | null>;
}

async function hasWebGpu(): Promise<boolean> {
  const { gpu } = navigator as { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter();
  if (!adapter) return false;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  return isFallbackAdapter !== true && !SOFTWARE_GPU.test(`${vendor} ${architecture} ${description}`);
}

function hasWebGl(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const names = gl?.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl && names ? gl.getParameter(names.UNMASKED_RENDERER_WEBGL) : null;
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof renderer === 'string' && !SOFTWARE_GPU.test(renderer);
}
