import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { FrameObservation, VisionReport, VisionSettings } from '../../src/contract/index.ts';
import { visionAssets, visionRoutes } from '../../src/player/index.ts';
import { openPage, type OpenedPage } from '../../src/shells/index.ts';
import { testBrowser } from './browser.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** The built vision page in a real browser, on a site that collects its reports. */
export interface VisionSite {
  readonly reports: VisionReport[];
  readonly page: OpenedPage['page'];
  frames(): FrameObservation[];
  messages(): string[];
  /** The worker's own window into itself, as the browser's developer tools have it: faults are made there. */
  worker(): ReturnType<OpenedPage['page']['workers']>[number];
  until(holds: () => boolean, what: string, limitMs?: number): Promise<void>;
  close(): Promise<void>;
}

export async function openVisionSite(options: { readonly settings: () => VisionSettings | null; readonly clipFile?: string; readonly extraArgs?: readonly string[] }): Promise<VisionSite> {
  const reports: VisionReport[] = [];
  const app = new Hono().route('/vision', visionRoutes({ ...visionAssets(project), settings: options.settings, onReport: (report) => reports.push(report), ...(options.clipFile === undefined ? {} : { clipFile: options.clipFile }) }));
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const problems: string[] = [];
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/vision/`;
  const opened = await openPage({ browser: await testBrowser(), url, window: 'headless', camera: true, extraArgs: options.extraArgs ?? [], onProblem: (what, message) => problems.push(`${what}: ${message}`) });
  const observations = () => reports.flatMap((report) => report.observations);
  const site: VisionSite = {
    reports,
    page: opened.page,
    frames: () => observations().filter((observation) => observation.kind === 'frame'),
    messages: () => observations().flatMap((observation) => (observation.kind === 'sensor' ? [observation.message] : [])),
    worker() {
      // One that was ended may stay listed for a while; the newest is the one that works.
      const worker = opened.page.workers().findLast((each) => /\/worker-[\w-]+\.js$/.test(each.url()));
      if (!worker) throw new Error('the page has no worker now');
      return worker;
    },
    async until(holds, what, limitMs = 90_000) {
      const startedMs = performance.now();
      while (!holds()) {
        if (performance.now() - startedMs > limitMs) throw new Error(`not within ${limitMs / 1000} s: ${what}; messages: ${site.messages().slice(-5).join(' | ')}; problems: ${problems.join(' | ')}; page: ${await opened.page.textContent('#state')}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async close() {
      await opened.close();
      server.close();
      server.closeAllConnections();
    },
  };
  return site;
}
