import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPage } from '../../build/pages.ts';
import type { VisionSettings } from '../../src/contract/index.ts';
import { facesAsCamera } from './browser.ts';
import { openVisionSite, type VisionSite } from './vision-site.ts';

const CAMERA: VisionSettings = { source: { kind: 'camera' }, demographics: false, expression: false, skeletons: false, calibrated: false, framesPerSecond: 8, bodyEveryMs: 5_000, demographicsBudgetMs: 0, backend: 'wasm' };

let folder: string;
let site: VisionSite;

/** The page as it is in service; faults are made with the browser's developer tools, so the page has no door for them. */
beforeAll(async () => {
  await buildPage('vision');
  folder = await mkdtemp(join(tmpdir(), 'litfass-vision-faults-'));
  site = await openVisionSite({ settings: () => CAMERA, extraArgs: await facesAsCamera(folder, 1) });
  // The stream that the page will open, for the test that pulls the plug.
  await site.page.addInitScript(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      Object.assign(globalThis, { opened: stream });
      return stream;
    };
  });
  await site.page.reload();
});

afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

/** Waits for the page to see, makes a fault, and waits for its message and for pictures after it. */
async function survive(fault: () => Promise<unknown>, message: RegExp): Promise<string> {
  const [framesBefore, messagesBefore] = [site.frames().length, site.messages().length];
  await site.until(() => site.frames().length > framesBefore + 3, 'pictures before the fault');
  await fault();
  const told = (): string | undefined => site.messages().slice(messagesBefore).find((text) => message.test(text));
  await site.until(() => told() !== undefined, `a message like ${String(message)}`);
  const framesAfter = site.frames().length;
  await site.until(() => site.frames().length > framesAfter + 3, 'pictures after the fault');
  return told() ?? '';
}

describe('the vision page recovers by itself', () => {
  it('from a net that hangs', async () => {
    // Never answers, like a driver that waits for a dead card.
    const hang = async (): Promise<void> => {
      void site.worker().evaluate(() => { for (;;); }).catch(() => undefined);
      await Promise.resolve();
    };
    expect(await survive(hang, /^vision-stalled: /)).toMatch(/starting again/);
  });

  it('from nets that do not give their memory back', async () => {
    // As text, so that the test's own tools leave `import` alone.
    const leak = (): Promise<unknown> =>
      site.worker().evaluate(`(async () => {
        const { name } = performance.getEntriesByType('resource').find((entry) => entry.name.includes('tfjs'));
        const tf = await import(name);
        for (let index = 0; index < 600; index++) tf.zeros([1]);
      })()`);
    await survive(leak, /^vision-leak: .* starting again/);
  });

  it('from a crash of its worker', async () => {
    const crash = (): Promise<void> =>
      site.worker().evaluate(() => {
        setTimeout(() => {
          throw new Error('the worker fell over');
        });
      });
    await survive(crash, /^vision-failed: .*fell over/);
  });

  it('from a window that stands still', async () => {
    // A page with a camera cannot be frozen from outside; one that computes runs no timers either.
    const stand = (): Promise<void> =>
      site.page.evaluate(() => {
        const untilMs = performance.now() + 7_000;
        while (performance.now() < untilMs);
      });
    await survive(stand, /^window-stopped: .* keep its window/);
  });

  it('from a camera that is unplugged and plugged in again', async () => {
    const unplug = (): Promise<void> =>
      site.page.evaluate(() => {
        const [track] = (globalThis as unknown as { opened: MediaStream }).opened.getVideoTracks();
        track?.stop();
        // A browser says so of a device that went away, but not of a track that was stopped.
        track?.dispatchEvent(new Event('ended'));
      });
    await survive(unplug, /^camera-unplugged: .*plug it in/);
  });
});
