// Everything that sees a picture runs in this worker. What leaves it are the messages of `../messages.ts`: numbers and words.
import type { PageMessage, PictureMessage, StartMessage, WorkerMessage } from '../messages.ts';
import { SensorTrouble, troubleOf } from '../trouble.ts';
import { createAnalyser } from './analyser.ts';
import { describeMachine } from './backend/candidates.ts';
import { chooseBackend } from './backend/choose-backend.ts';
import { watchGpu } from './backend/gpu-loss.ts';
import { startBackend } from './backend/start-backend.ts';
import { cameraPictures } from './camera-pictures.ts';
import { loopingClip, wholeClip } from './clip-pictures.ts';
import { openClip } from './clip.ts';
import { loadNets } from './nets/nets.ts';
import { loadTensorflow } from './nets/load-tensorflow.ts';
import type { Pictures } from './pictures.ts';

function send(message: WorkerMessage): void {
  postMessage(message);
}

function fail(error: unknown): void {
  send({ type: 'trouble', trouble: troubleOf(error) });
}

let receive: (picture: PictureMessage) => void = () => undefined;

/** Asks the page for the camera's newest picture. */
function ask(): Promise<PictureMessage> {
  return new Promise((resolve) => {
    receive = resolve;
    send({ type: 'want' });
  });
}

async function openPictures({ settings, baseUrl, timeOriginMs }: StartMessage): Promise<Pictures> {
  const { source, framesPerSecond } = settings;
  if (source.kind === 'camera') return cameraPictures(ask, framesPerSecond);
  const pageNow = (): number => performance.now() + performance.timeOrigin - timeOriginMs;
  const clip = await openClip(new URL(source.url, baseUrl).href);
  return source.mode === 'whole' ? wholeClip(clip, framesPerSecond) : loopingClip(clip, framesPerSecond, pageNow);
}

async function run(start: StartMessage): Promise<void> {
  const { settings, baseUrl } = start;
  const tf = await loadTensorflow(baseUrl);
  const machine = await describeMachine();
  const { backend, measurement } = settings.backend === 'auto' ? await chooseBackend(tf, baseUrl, machine, settings.measured ?? null) : { backend: settings.backend, measurement: null };
  const running = await startBackend(tf, backend);
  watchGpu(tf, (why) => fail(new SensorTrouble('blind', `gpu-lost: the graphics card gave up its work (${why}); starting again. If it comes back, update its driver or choose --backend wasm`)));
  const analyser = await createAnalyser(tf, await loadNets(tf, baseUrl, settings), settings);
  const pictures = await openPictures(start);
  send({ type: 'ready', backend: running, measurement });
  const startedMs = performance.now();
  let frames = 0;
  const progress = () => ({ frames, elapsedMs: performance.now() - startedMs, tensors: tf.memory().numTensors });
  for (;;) {
    const picture = await pictures.next();
    if (!picture) break;
    try {
      const observation = await analyser.analyse(picture);
      frames += 1;
      send({ type: 'observation', observation, progress: progress() });
    } finally {
      picture.close();
    }
  }
  send({ type: 'done', progress: progress() });
}

// TensorFlow starts some promises that it never settles when they fail; their errors surface only here.
addEventListener('unhandledrejection', (event) => fail(event.reason));
addEventListener('message', ({ data }: MessageEvent<PageMessage>) => {
  if (data.type === 'picture') receive(data);
  else void run(data).catch(fail);
});
