import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when the condition holds. @throws after `limitMs` */
export async function until(condition: () => boolean, limitMs = 15_000): Promise<void> {
  const startMs = performance.now();
  while (!condition()) {
    if (performance.now() - startMs > limitMs) throw new Error(`not within ${limitMs} ms`);
    await sleep(20);
  }
}
