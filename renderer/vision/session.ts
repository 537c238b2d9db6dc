import type { VisionSettings } from '../../src/contract/index.ts';
import { openCamera } from './camera.ts';
import type { PageMessage, WorkerMessage } from './messages.ts';
import { keepNewest } from './newest-picture.ts';
import type { Reporter } from './reporter.ts';
import { SensorTrouble, troubleOf } from './trouble.ts';
import { createWatchdog } from './watchdog.ts';

const WATCH_EVERY_MS = 500;

/**
 * One run of the worker over one source, until the clip is done, something breaks, or `signal` aborts it. With the worker
 * ends everything that it held of a picture.
 *
 * @throws SensorTrouble
 */
export async function runSession(settings: VisionSettings, reporter: Reporter, signal: AbortSignal): Promise<void> {
  const camera = settings.source.kind === 'camera' ? await openCamera(settings.source.label) : null;
  const newest = camera && keepNewest(camera.pictures);
  const worker = new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' });
  let watch: ReturnType<typeof setInterval> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const watchdog = createWatchdog(performance.now());
      const orEnd = (work: () => void): void => {
        try {
          work();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      watch = setInterval(() => {
        orEnd(() => {
          const stood = watchdog.tick(performance.now());
          if (stood) reporter.trouble(troubleOf(stood));
        });
      }, WATCH_EVERY_MS);
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
      void camera?.ended.then(() => reject(new SensorTrouble('absent', 'camera-unplugged: the camera went away; plug it in again')));
      worker.addEventListener('error', (event) => reject(new SensorTrouble('blind', `vision-failed: ${event.message || 'the vision worker could not be loaded'}`)));
      worker.addEventListener('message', (event: MessageEvent<WorkerMessage>) => {
        const message = event.data;
        switch (message.type) {
          case 'ready':
            watchdog.ready(performance.now());
            reporter.backend(message.backend, message.measurement);
            break;
          case 'want':
            void newest?.next().then(({ image, atMs }) => worker.postMessage({ type: 'picture', image, atMs } satisfies PageMessage, [image]), reject);
            break;
          case 'observation':
            reporter.observe(message.observation, message.progress);
            orEnd(() => watchdog.heard(performance.now(), message.progress.tensors));
            break;
          case 'done':
            reporter.done();
            resolve();
            break;
          case 'trouble':
            // While this page stood still, no picture could come through it: then that is what was wrong.
            orEnd(() => {
              throw watchdog.tick(performance.now()) ?? new SensorTrouble(message.trouble.state, message.trouble.message);
            });
            break;
        }
      });
      worker.postMessage({ type: 'start', settings, baseUrl: new URL('./', document.baseURI).href, timeOriginMs: performance.timeOrigin } satisfies PageMessage);
    });
  } finally {
    clearInterval(watch);
    worker.terminate();
    newest?.close();
    camera?.close();
  }
}
