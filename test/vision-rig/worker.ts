import { createAnalyser, type Analyser } from '../../renderer/vision/worker/analyser.ts';
import { startBackend } from '../../renderer/vision/worker/backend/start-backend.ts';
import { loadTensorflow } from '../../renderer/vision/worker/nets/load-tensorflow.ts';
import { loadNets } from '../../renderer/vision/worker/nets/nets.ts';
import type { Picture } from '../../renderer/vision/worker/pictures.ts';
import type { Observation } from '../../src/contract/index.ts';
import { benchPictures, PORTRAITS, type BenchPictures } from './bench-pictures.ts';
import type { Block, DrawnPicture, Loaded, RigAnswer, RigCall } from './calls.ts';

let analyser: Analyser | null = null;
let pictures: BenchPictures | null = null;
let sheet: ImageBitmap | null = null;

async function answer(call: RigCall & { readonly baseUrl: string }): Promise<unknown> {
  switch (call.do) {
    case 'load':
      return await load(call);
    case 'block':
      return await block(call.pictures);
    case 'draw': {
      const seen: Observation[] = [];
      for (const drawn of call.pictures) seen.push(await ready(analyser).analyse(pictureOf(drawn)));
      return seen;
    }
  }
}

async function load({ settings, source, baseUrl }: Extract<RigCall, { do: 'load' }> & { readonly baseUrl: string }): Promise<Loaded> {
  const tf = await loadTensorflow(baseUrl);
  const backend = await startBackend(tf, settings.backend === 'auto' ? 'wasm' : settings.backend);
  analyser = await createAnalyser(tf, await loadNets(tf, baseUrl, settings), settings);
  pictures = await benchPictures({ ...source, url: new URL(source.url, baseUrl).href });
  sheet = source.kind === 'portraits' ? await createImageBitmap(await (await fetch(new URL(source.url, baseUrl).href)).blob()) : null;
  return { backend, pictures: pictures.count, widthPx: pictures.widthPx, heightPx: pictures.heightPx };
}

async function block(count: number): Promise<Block> {
  const seen: Block['seen'][number][] = [];
  const startedMs = performance.now();
  for (let index = 0; index < count; index++) {
    const { bitmap, atMs } = ready(pictures).next();
    const observation = await ready(analyser).analyse({ atMs, widthPx: bitmap.width, heightPx: bitmap.height, drawOn: (context, width, height) => context.drawImage(bitmap, 0, 0, width, height), close: () => undefined });
    seen.push({ atMs, faces: observation.kind === 'frame' ? observation.faces : [] });
  }
  return { tookMs: performance.now() - startedMs, seen };
}

function pictureOf({ atMs, widthPx, heightPx, portraits }: DrawnPicture): Picture {
  return {
    atMs,
    widthPx,
    heightPx,
    drawOn(context, width, height) {
      context.fillStyle = '#8a8f94';
      context.fillRect(0, 0, width, height);
      context.save();
      context.scale(width / widthPx, height / heightPx);
      // A wall without any pattern would be a covered lens.
      context.fillStyle = '#4a4f54';
      for (let x = 0; x < widthPx; x += widthPx / 8) context.fillRect(x, 0, widthPx / 40, heightPx);
      for (const { who, x, y, size, leanDeg = 0, mirrored = false } of portraits) {
        const from = PORTRAITS[who % PORTRAITS.length];
        context.save();
        context.translate(x, y);
        context.rotate((leanDeg * Math.PI) / 180);
        context.scale(mirrored ? -1 : 1, 1);
        if (from) context.drawImage(ready(sheet), from.x, from.y, from.size, from.size, -size / 2, -size / 2, size, size);
        context.restore();
      }
      context.restore();
    },
    close: () => undefined,
  };
}

function ready<T>(value: T | null): T {
  if (value === null) throw new Error('load comes first');
  return value;
}

addEventListener('message', ({ data }: MessageEvent<RigCall & { readonly baseUrl: string }>) => {
  answer(data).then(
    (result) => postMessage({ result } satisfies RigAnswer),
    (error: unknown) => postMessage({ error: error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error) } satisfies RigAnswer),
  );
});
