// The yardstick: Human doing all by itself, as its users call it, with detector, mesh and description for every face.
import type { Config, Human } from '@vladmandic/human';
import humanUrl from '../../node_modules/@vladmandic/human/dist/human.esm.js?url';
import type { Face } from '../../src/contract/index.ts';
import { benchPictures, type BenchPictures } from './bench-pictures.ts';
import type { Block, Loaded, RigAnswer, RigCall } from './calls.ts';

/** As many as our own detector may find. */
const MAX_FACES = 40;
const DEGREES = 180 / Math.PI;

let human: Human | null = null;
let pictures: BenchPictures | null = null;

async function load({ settings, source, baseUrl }: Extract<RigCall, { do: 'load' }> & { readonly baseUrl: string }): Promise<Loaded> {
  // Without its caches, which mix up people who change places: they would save time by answering for somebody else.
  const uncached = { skipFrames: 0, skipTime: 0 };
  const config: Partial<Config> = {
    backend: settings.backend === 'auto' ? 'wasm' : settings.backend,
    wasmPath: `${baseUrl}wasm/`,
    modelBasePath: `${baseUrl}models/`,
    cacheModels: false,
    cacheSensitivity: 0,
    validateModels: false,
    warmup: 'none',
    async: false,
    debug: false,
    filter: { enabled: false },
    face: {
      enabled: true,
      detector: { enabled: true, modelPath: 'blazeface.json', maxDetected: MAX_FACES, minConfidence: 0.3, rotation: false, ...uncached },
      mesh: { enabled: true, modelPath: 'facemesh.json' },
      description: { enabled: true, modelPath: 'faceres.json', ...uncached },
      iris: { enabled: false },
      emotion: { enabled: false },
      antispoof: { enabled: false },
      liveness: { enabled: false },
    },
    body: { enabled: false },
    hand: { enabled: false },
    object: { enabled: false },
    segmentation: { enabled: false },
    gesture: { enabled: false },
  };
  const library = (await import(/* @vite-ignore */ new URL(humanUrl, import.meta.url).href)) as { Human: new (config: Partial<Config>) => Human };
  human = new library.Human(config);
  const tf = human.tf as { getThreadsCount(): number; getBackend(): string };
  await human.load();
  pictures = await benchPictures({ ...source, url: new URL(source.url, baseUrl).href });
  return { backend: tf.getBackend() === 'wasm' ? `wasm, threads: ${tf.getThreadsCount()}` : tf.getBackend(), pictures: pictures.count, widthPx: pictures.widthPx, heightPx: pictures.heightPx };
}

async function block(count: number): Promise<Block> {
  if (!human || !pictures) throw new Error('load comes first');
  const seen: Block['seen'][number][] = [];
  const startedMs = performance.now();
  for (let index = 0; index < count; index++) {
    const { bitmap, atMs } = pictures.next();
    const { face } = await human.detect(bitmap);
    seen.push({ atMs, faces: face.map((found): Face => ({ box: boxOf(found.boxRaw), score: Math.min(1, found.boxScore, found.faceScore), yawDeg: -(found.rotation?.angle.yaw ?? 0) * DEGREES, pitchDeg: -(found.rotation?.angle.pitch ?? 0) * DEGREES })) });
  }
  return { tookMs: performance.now() - startedMs, seen };
}

function boxOf([x, y, width, height]: readonly [number, number, number, number]): Face['box'] {
  return { x, y, width, height };
}

addEventListener('message', ({ data }: MessageEvent<RigCall & { readonly baseUrl: string }>) => {
  const work = data.do === 'load' ? load(data) : data.do === 'block' ? block(data.pictures) : Promise.reject(new Error('not for Human'));
  work.then(
    (result) => postMessage({ result } satisfies RigAnswer),
    (error: unknown) => postMessage({ error: error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error) } satisfies RigAnswer),
  );
});
