// Gives a test the vision worker's inner rooms in a real browser: each contender is a worker of its own.
import type { RigAnswer, RigCall } from './calls.ts';

const workers = new Map<string, Worker>();

function workerOf(name: string): Worker {
  const known = workers.get(name);
  if (known) return known;
  const made = name === 'human' ? new Worker(new URL('./human-worker.ts', import.meta.url), { type: 'module' }) : new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  workers.set(name, made);
  return made;
}

/** Called by the test through the browser's own tools. */
async function call(name: 'ours' | 'human', request: RigCall): Promise<unknown> {
  const worker = workerOf(name);
  return await new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<RigAnswer>) => ('error' in data ? reject(new Error(data.error)) : resolve(data.result));
    worker.postMessage({ ...request, baseUrl: new URL('./', document.baseURI).href });
  });
}
Object.assign(globalThis, { rig: call });
