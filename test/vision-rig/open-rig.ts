import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { build } from 'vite';
import type { VisionSettings } from '../../src/contract/index.ts';
import { visionAssets, visionRoutes } from '../../src/player/index.ts';
import { findHeadlessBrowser, openPage } from '../../src/shells/index.ts';
import type { RigCall } from './calls.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

export const RIG_SETTINGS: VisionSettings = { source: { kind: 'clip', url: 'clip', mode: 'loop' }, demographics: true, expression: false, skeletons: false, calibrated: false, framesPerSecond: 10, bodyEveryMs: 1_000, demographicsBudgetMs: 250, backend: 'wasm' };

export interface Rig {
  call<Result>(who: 'ours' | 'human', call: RigCall): Promise<Result>;
  close(): Promise<void>;
}

/** Portraits that come with the vision package, served beside the rig's page. */
export const PORTRAITS_URL = '../portraits.jpg';

/** The rig's page in a real browser, served by the player's own vision routes. @param settings also say which nets may be served */
export async function openRig(settings: VisionSettings, clipFile?: string): Promise<Rig> {
  const pages = await mkdtemp(join(tmpdir(), 'litfass-vision-rig-'));
  await build({ configFile: false, root: join(project, 'test/vision-rig'), base: './', logLevel: 'error', worker: { format: 'es' }, build: { outDir: pages, emptyOutDir: true, target: 'chrome120', chunkSizeWarningLimit: 8_000 } });
  const portraits = join(dirname(createRequire(import.meta.url).resolve('@vladmandic/human')), '../assets/screenshot-facedetect.jpg');
  const app = new Hono();
  app.get('/portraits.jpg', serveStatic({ path: portraits, root: '/' }));
  app.route('/vision', visionRoutes({ ...visionAssets(project), pagesDir: pages, settings: () => settings, onReport: () => undefined, ...(clipFile === undefined ? {} : { clipFile }) }));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const browser = await findHeadlessBrowser();
  if (browser === null) throw new Error('no Chromium for this platform; install one or set LITFASS_CHROMIUM');
  const opened = await openPage({ browser, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/vision/`, window: 'headless', onProblem: (what, message) => process.stderr.write(`${what}: ${message}\n`) });
  await opened.page.waitForFunction(() => 'rig' in globalThis);
  return {
    call: async <Result>(who: 'ours' | 'human', call: RigCall) =>
      (await opened.page.evaluate(async ([name, request]) => await (globalThis as unknown as { rig(name: string, request: unknown): Promise<unknown> }).rig(name, request), [who, call] as const)) as Result,
    async close() {
      await opened.close();
      server.close();
      server.closeAllConnections();
      await rm(pages, { recursive: true, force: true });
    },
  };
}
