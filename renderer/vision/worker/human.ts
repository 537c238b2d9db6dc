import type { Config, Human } from '@vladmandic/human';
// Served as it is, not bundled: TensorFlow starts its threads from the source text of one of its own functions, which a
// bundler's renaming breaks. The package exports no path that a browser bundler could resolve, hence the relative one.
import humanUrl from '../../../node_modules/@vladmandic/human/dist/human.esm.js?url';
import type { Backend } from './backend.ts';
import type { Tensorflow } from './tensorflow.ts';

export interface LoadedHuman {
  readonly human: Human;
  readonly tf: Tensorflow;
}

/** Most faces in one picture. The detector's own default is one. */
const MAX_FACES = 20;
/** Below this a find is more often a pattern than a face. */
const MIN_FACE_SCORE = 0.3;

/**
 * Human with only its face detector and mesh, from our own server, without its caches: those mix up people who change
 * places. What Human could also do (iris, emotion, description with its embedding, …) is not even loaded.
 *
 * @param crops whether each face's crop is handed out, for the age and gender net
 * @throws Error when the backend cannot be had or a model is missing.
 */
export async function loadHuman(backend: Backend, baseUrl: string, crops: boolean): Promise<LoadedHuman> {
  const uncached = { skipFrames: 0, skipTime: 0 };
  const config: Partial<Config> = {
    backend,
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
      detector: { enabled: true, modelPath: 'blazeface.json', maxDetected: MAX_FACES, minConfidence: MIN_FACE_SCORE, rotation: false, return: crops, ...uncached },
      mesh: { enabled: true, modelPath: 'facemesh.json' },
      iris: { enabled: false },
      emotion: { enabled: false },
      description: { enabled: false },
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
  const human = new library.Human(config);
  await human.load();
  const tf = human.tf as Tensorflow;
  // Human falls back to another backend, and goes on without a model, with no more than a line on the console.
  if (tf.getBackend() !== backend) throw new Error(`backend ${backend} is not to be had here`);
  const missing = human.models.stats().modelStats.filter((model) => !model.loaded);
  if (missing.length > 0) throw new Error(`models could not be loaded: ${missing.map((model) => model.url).join(', ')}`);
  return { human, tf };
}
