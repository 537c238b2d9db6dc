import type { Page } from 'playwright-core';
import { proportionalSet } from '../../src/shells/chromium/process-memory.ts';
import { liveBytes } from './live-bytes.ts';

/** What a page and its browser hold at one moment; bytes where it says so. */
export interface StageMemory {
  /** This process, which conducts the page and drives its browser. */
  readonly hostBytes: number;
  readonly heapBytes: number;
  /** Alive in the page's process beside its heap, and in that of the graphics. */
  readonly pageLiveBytes: number;
  readonly graphicsLiveBytes: number;
  /** What these two take of the machine, with what their allocators keep, where this system tells. */
  readonly pageBytes: number;
  readonly graphicsBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly frames: number;
  /** Of pages, of frames, and the one that a browser holds ready at times. */
  readonly processes: number;
}

/** What dumps a process's memory takes some of it itself, the last of it at about the fifteenth time. */
const FIRST_DUMPS = 20;

export interface MemoryView {
  /** After the garbage was collected, here and there. */
  look(): Promise<StageMemory>;
}

export async function watchMemory(page: Page): Promise<MemoryView> {
  const tools = await page.context().newCDPSession(page);
  const browser = await page.context().browser()!.newBrowserCDPSession();
  await tools.send('Performance.enable');
  for (let dump = 0; dump < FIRST_DUMPS; dump += 1) await liveBytes(browser);
  return {
    async look() {
      await tools.send('HeapProfiler.collectGarbage');
      globalThis.gc?.();
      const { metrics } = await tools.send('Performance.getMetrics');
      const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? NaN;
      const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
      const live = await liveBytes(browser);
      const renderers = processInfo.filter(({ type }) => type === 'renderer');
      // The page's own has worked longest: frames come and go, and what is held ready has done nothing yet.
      const own = renderers.reduce((most, each) => (each.cpuTime > most.cpuTime ? each : most)).id;
      const graphics = processInfo.find(({ type }) => type === 'GPU')?.id ?? NaN;
      return {
        hostBytes: process.memoryUsage().heapUsed,
        heapBytes: metric('JSHeapUsedSize'),
        pageLiveBytes: live.get(own) ?? NaN,
        graphicsLiveBytes: live.get(graphics) ?? NaN,
        pageBytes: await proportionalSet(String(own)),
        graphicsBytes: await proportionalSet(String(graphics)),
        nodes: metric('Nodes'),
        listeners: metric('JSEventListeners'),
        frames: metric('Frames'),
        processes: renderers.length,
      };
    },
  };
}

/** Of some looks the least of each: what is held, without what was only just on its way. */
export function leastOf(looks: readonly StageMemory[]): StageMemory {
  const keys = Object.keys(looks[0]!) as (keyof StageMemory)[];
  return Object.fromEntries(keys.map((key) => [key, Math.min(...looks.map((look) => look[key]))])) as Record<keyof StageMemory, number>;
}
