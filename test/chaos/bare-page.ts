import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { fileResponse } from '../../src/player/file-response.ts';
import { openPage } from '../../src/shells/index.ts';
import { listen } from '../../src/shells/chromium/listen.ts';
import { testBrowser } from '../e2e/browser.ts';
import { watchMemory } from './stage-memory.ts';

const VIDEO = fileURLToPath(new URL('../../assets/demo/media/pretzel.mp4', import.meta.url));
const PAGE = '<!doctype html><style>body{margin:0}body>*{position:fixed;inset:0;width:100vw;height:100vh;border:0}</style><body>';
/** So many at a time, and of the times the one in the middle counts: what happens to be on its way at a look is no leak. */
const TIMES = 7;
const EACH_TIME = 60;
/** The processes of frames take their time to end. */
const SETTLE_MS = 12_000;

/** Bytes for each that was shown and taken away again. */
export interface Kept {
  readonly video: number;
  readonly frame: number;
}

/**
 * What Chromium's graphics process keeps of each video, and of each frame that has a process of its own, which a plain page shows and
 * takes away: some is, until the page is closed (decision 26). The stage is judged beside it.
 */
export async function keptOfBarePage(): Promise<Kept> {
  const server = await listen(18_690);
  server.serve((request) => (new URL(request.url).pathname === '/video' ? fileResponse(request, VIDEO, { 'Content-Type': 'video/mp4' }) : new Response(PAGE, { headers: { 'content-type': 'text/html' } })));
  const opened = await openPage({ browser: await testBrowser(), url: server.origin, window: 'headless', onProblem: () => undefined });
  try {
    const memory = await watchMemory(opened.page);
    const keptOf = async (show: (page: Page, many: number) => Promise<void>): Promise<number> => {
      const held: number[] = [];
      for (let time = 0; time <= TIMES; time += 1) {
        await show(opened.page, EACH_TIME);
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
        held.push((await memory.alive()).graphicsLiveBytes);
      }
      const more = held.slice(1).map((bytes, time) => bytes - (held[time] ?? bytes));
      return Math.max(0, (more.toSorted((one, other) => one - other)[Math.floor(TIMES / 2)] ?? 0) / EACH_TIME);
    };
    return { video: await keptOf(showVideos), frame: await keptOf(showFrames) };
  } finally {
    await opened.close();
    await server.close();
  }
}

function showVideos(page: Page, many: number): Promise<void> {
  return page.evaluate(async (count) => {
    for (let nth = 0; nth < count; nth += 1) {
      const video = document.createElement('video');
      video.muted = true;
      document.body.append(video);
      video.src = '/video';
      const drawn = new Promise<unknown>((resolve) => video.requestVideoFrameCallback(resolve));
      await video.play();
      await drawn;
      video.pause();
      video.removeAttribute('src');
      video.load();
      video.remove();
    }
  }, many);
}

function showFrames(page: Page, many: number): Promise<void> {
  return page.evaluate(async (count) => {
    for (let nth = 0; nth < count; nth += 1) {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts');
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      frame.src = '/frame';
      document.body.append(frame);
      await loaded;
      await new Promise((resolve) => setTimeout(resolve, 50));
      frame.remove();
    }
  }, many);
}
