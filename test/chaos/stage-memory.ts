import type { Page } from 'playwright-core';
import { proportionalSet, releaseCaches } from '../../src/shells/chromium/process-memory.ts';
import { liveBytes } from './live-bytes.ts';

/** What a page and its browser hold on to at one moment; bytes where it says so. */
interface Alive {
  /** This process, which conducts the page and drives its browser. */
  readonly hostBytes: number;
  readonly heapBytes: number;
  /** Alive in the page's process beside its heap, and in that of the graphics. */
  readonly pageLiveBytes: number;
  readonly graphicsLiveBytes: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly frames: number;
  /** Of pages, of frames, and the one that a browser holds ready at times. */
  readonly processes: number;
}

/** What these two processes take of the machine, with what their allocators keep, where this system tells. */
interface Taken {
  readonly pageBytes: number;
  readonly graphicsBytes: number;
}

export type StageMemory = Alive & Taken;

export interface MemoryView {
  /** After the garbage was collected, here and there. */
  alive(): Promise<Alive>;
  /**
   * Both, with caches let go of, in thirteen seconds for each look: nothing may change in the page meanwhile.
   *
   * @param looks the least of so many counts: what is held, without what was only just on its way
   */
  look(looks: number): Promise<StageMemory>;
}

/** What dumps a process's memory takes some of it itself, the last of it at about the fifteenth time. */
const FIRST_DUMPS = 20;
const BETWEEN_MS = 1_500;
/** What was let go of is kept ready for some seconds: four megabytes for scripts, one in graphics. */
const REST_MS = 10_000;

export async function watchMemory(page: Page): Promise<MemoryView> {
  const tools = await page.context().newCDPSession(page);
  const browser = await page.context().browser()!.newBrowserCDPSession();
  await tools.send('Performance.enable');
  for (let dump = 0; dump < FIRST_DUMPS; dump += 1) await liveBytes(browser);

  async function processes(): Promise<{ readonly own: number; readonly graphics: number; readonly renderers: number }> {
    const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
    const renderers = processInfo.filter(({ type }) => type === 'renderer');
    // The page's own has worked longest: frames come and go, and what is held ready has done nothing yet.
    const own = renderers.reduce((most, each) => (each.cpuTime > most.cpuTime ? each : most)).id;
    return { own, graphics: processInfo.find(({ type }) => type === 'GPU')?.id ?? NaN, renderers: renderers.length };
  }

  async function alive(): Promise<Alive> {
    await tools.send('HeapProfiler.collectGarbage');
    globalThis.gc?.();
    const { metrics } = await tools.send('Performance.getMetrics');
    const metric = (name: string): number => metrics.find((each) => each.name === name)?.value ?? NaN;
    const { own, graphics, renderers } = await processes();
    const live = await liveBytes(browser);
    return {
      hostBytes: process.memoryUsage().heapUsed,
      heapBytes: metric('JSHeapUsedSize'),
      pageLiveBytes: live.get(own) ?? NaN,
      graphicsLiveBytes: live.get(graphics) ?? NaN,
      nodes: metric('Nodes'),
      listeners: metric('JSEventListeners'),
      frames: metric('Frames'),
      processes: renderers,
    };
  }

  async function taken(): Promise<Taken> {
    await releaseCaches(page);
    await pause(REST_MS);
    const { own, graphics } = await processes();
    return { pageBytes: await proportionalSet(String(own)), graphicsBytes: await proportionalSet(String(graphics)) };
  }

  return {
    alive,
    async look(looks) {
      await releaseCaches(page);
      return leastOf(looks, async () => ({ ...(await alive()), ...(await taken()) }));
    },
  };
}

async function leastOf<Look extends object>(looks: number, look: () => Promise<Look>): Promise<Look> {
  const seen: Look[] = [];
  for (let nth = 0; nth < looks; nth += 1) {
    await pause(BETWEEN_MS);
    seen.push(await look());
  }
  const keys = Object.keys(seen[0]!) as (keyof Look)[];
  return Object.fromEntries(keys.map((key) => [key, Math.min(...seen.map((each) => Number(each[key])))])) as Look;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
