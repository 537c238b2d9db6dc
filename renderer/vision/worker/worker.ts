// Everything that sees a picture runs in this worker. What leaves it are the messages of `../messages.ts`: numbers and words.
import type { StartMessage, WorkerMessage } from '../messages.ts';
import { troubleOf } from '../trouble.ts';
import { createAnalyser } from './analyser.ts';
import { cameraPictures } from './camera-pictures.ts';
import { loopingClip, wholeClip } from './clip-pictures.ts';
import { openClip } from './clip.ts';
import type { Pictures } from './pictures.ts';

function send(message: WorkerMessage): void {
  postMessage(message);
}

function fail(error: unknown): void {
  send({ type: 'trouble', trouble: troubleOf(error) });
}

async function openPictures({ settings, baseUrl, timeOriginMs, camera }: StartMessage): Promise<Pictures> {
  const { source, framesPerSecond } = settings;
  const pageNow = (): number => performance.now() + performance.timeOrigin - timeOriginMs;
  if (source.kind === 'camera') {
    if (!camera) throw new Error('the page sent no camera stream');
    return cameraPictures(camera, framesPerSecond, pageNow);
  }
  const clip = await openClip(new URL(source.url, baseUrl).href);
  return source.mode === 'whole' ? wholeClip(clip, framesPerSecond) : loopingClip(clip, framesPerSecond, pageNow);
}

async function run(start: StartMessage): Promise<void> {
  const analyser = await createAnalyser(start.settings, start.baseUrl);
  const pictures = await openPictures(start);
  send({ type: 'ready', backend: analyser.backend });
  const startedMs = performance.now();
  let frames = 0;
  const progress = () => ({ frames, elapsedMs: performance.now() - startedMs, tensors: analyser.tensors() });
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

// Human starts some promises that it never settles when they fail; their errors surface only here.
addEventListener('unhandledrejection', (event) => fail(event.reason));
addEventListener('message', (event: MessageEvent<StartMessage>) => void run(event.data).catch(fail));
