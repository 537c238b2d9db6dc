import type { VisionSettings } from '../../../../src/contract/index.ts';

export type Backend = Exclude<VisionSettings['backend'], 'auto'>;

/** What this machine has to compute with. */
export interface Machine {
  /** Backends that may be faster than another, WebAssembly always among them. */
  readonly usable: readonly Backend[];
  /** In words, the same at each start until something is exchanged: graphics, cores, browser. */
  readonly description: string;
}

/** Names under which a processor pretends to be a graphics card; WebAssembly is faster than any of them. */
const SOFTWARE_GPU = /swiftshader|llvmpipe|softpipe|lavapipe|software|basic render/i;

export async function describeMachine(): Promise<Machine> {
  const webgpu = await webgpuName();
  const webgl = webglName();
  const usable: Backend[] = [...(webgpu === null ? [] : ['webgpu' as const]), ...(webgl === null ? [] : ['webgl' as const]), 'wasm'];
  const browser = /\bChrome\/\d+/.exec(navigator.userAgent)?.[0] ?? navigator.userAgent;
  const isolation = globalThis.crossOriginIsolated ? 'isolated' : 'not isolated';
  return { usable, description: [webgpu ?? 'no webgpu', webgl ?? 'no webgl', `${navigator.hardwareConcurrency} cores`, isolation, browser].join('; ').slice(0, 300) };
}

/** Not in TypeScript's library for workers: https://www.w3.org/TR/webgpu/#gpuadapterinfo */
interface Gpu {
  requestAdapter(): Promise<{ readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string; readonly isFallbackAdapter?: boolean } } | null>;
}

/** `null`: there is none, or it is the processor in disguise. */
async function webgpuName(): Promise<string | null> {
  const { gpu } = navigator as { gpu?: Gpu };
  const adapter = await gpu?.requestAdapter();
  if (!adapter) return null;
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = `${vendor} ${architecture} ${description}`.trim();
  return isFallbackAdapter === true || SOFTWARE_GPU.test(name) ? null : name;
}

function webglName(): string | null {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const names = gl?.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = gl && names ? gl.getParameter(names.UNMASKED_RENDERER_WEBGL) : null;
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof renderer === 'string' && !SOFTWARE_GPU.test(renderer) ? renderer : null;
}
