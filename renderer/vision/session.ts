import type { VisionSettings } from '../../src/contract/index.ts';
import { openCamera, type Camera } from './camera.ts';
import type { StartMessage, WorkerMessage } from './messages.ts';
import type { Reporter } from './reporter.ts';
import { SensorTrouble } from './trouble.ts';

/** Loading the nets from a slow disk and compiling their shaders may take a while; one picture may not. */
const LOAD_LIMIT_MS = 60_000;
const PICTURE_LIMIT_MS = 10_000;
const WATCH_EVERY_MS = 500;
/** Between two pictures all of a picture's tensors are gone; this many more than at first are a leak. */
const LEAKED_TENSORS = 500;

/**
 * One run of the worker over one source, until the clip is done, something breaks, or `signal` aborts it. With the worker
 * ends everything that it held of a picture.
 *
 * @throws SensorTrouble
 */
export async function runSession(settings: VisionSettings, reporter: Reporter, signal: AbortSignal): Promise<void> {
  const camera = settings.source.kind === 'camera' ? await openCamera(settings.source.label) : null;
  const worker = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' });
  let watch: ReturnType<typeof setInterval> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      let limitMs = LOAD_LIMIT_MS;
      let aliveMs = performance.now();
      let firstTensors: number | null = null;
      // A hanging net blocks its worker for good, so the watch stands outside.
      watch = setInterval(() => {
        if (performance.now() - aliveMs > limitMs) reject(new SensorTrouble('blind', `vision-stalled: no picture was analysed within ${limitMs / 1000} s; starting again`));
      }, WATCH_EVERY_MS);
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
      void camera?.ended.then(() => reject(new SensorTrouble('absent', 'camera-unplugged: the camera went away; plug it in again')));
      worker.addEventListener('error', (event) => reject(new SensorTrouble('blind', `vision-failed: ${event.message || 'the vision worker could not be loaded'}`)));
      worker.addEventListener('message', (event: MessageEvent<WorkerMessage>) => {
        const message = event.data;
        aliveMs = performance.now();
        switch (message.type) {
          case 'ready':
            limitMs = PICTURE_LIMIT_MS;
            reporter.backend(message.backend, message.measurement);
            break;
          case 'observation':
            reporter.observe(message.observation, message.progress);
            firstTensors ??= message.progress.tensors;
            if (message.progress.tensors > firstTensors + LEAKED_TENSORS) reject(new SensorTrouble('blind', 'vision-leak: the nets do not give their memory back; starting again'));
            break;
          case 'done':
            reporter.done();
            resolve();
            break;
          case 'trouble':
            reject(new SensorTrouble(message.trouble.state, message.trouble.message));
            break;
        }
      });
      start(worker, settings, camera);
    });
  } finally {
    clearInterval(watch);
    worker.terminate();
    camera?.close();
  }
}

function start(worker: Worker, settings: VisionSettings, camera: Camera | null): void {
  const message: StartMessage = { settings, baseUrl: new URL('./', document.baseURI).href, timeOriginMs: performance.timeOrigin, camera: camera?.pictures ?? null };
  worker.postMessage(message, camera ? [camera.pictures] : []);
}
