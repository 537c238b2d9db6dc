import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import type { Creative, Fault, Play, Programme, Rotation, StageCommand, StageEvent } from '../../src/contract/index.ts';
import { Conductor, StageLink, type StageRole } from '../../src/playback/index.ts';
import { openSources } from '../../src/content/index.ts';
import { contentRoutes } from '../../src/player/content/content-routes.ts';
import { mediaRoutes } from '../../src/player/media-routes.ts';
import { stageRoutes } from '../../src/player/stage-routes.ts';
import { openPage, type OpenedPage } from '../../src/shells/chromium/index.ts';
import { createGate } from '../../src/shells/chromium/gate.ts';
import { listen } from '../../src/shells/chromium/listen.ts';
import { creative } from '../programme-fixture.ts';
import { testBrowser } from './browser.ts';

export const pagesDir = fileURLToPath(new URL('../../dist/renderer/', import.meta.url));

export interface StageRig {
  readonly conductor: Conductor;
  /** To tell the page something past the conductor. */
  readonly link: StageLink;
  readonly plays: Play[];
  readonly faults: Fault[];
  /** What the page was told, and when, ms of the monotonic clock. */
  readonly told: { readonly atMs: number; readonly command: StageCommand }[];
  /** The play that the page said last to have in front. */
  shown(): string | null;
  readonly stage: OpenedPage;
  readonly pageErrors: string[];
  add(id: string, content: string | Buffer, over: Partial<Creative>): Promise<Creative>;
  setProgramme(programme: Programme): void;
  close(): Promise<void>;
}

type Parts = Parameters<typeof mediaRoutes>[0];

/** The real stage page in a real browser, conducted; only the log and the hub are left out. */
export async function openStageRig(rotation: Rotation = 0): Promise<StageRig> {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-stage-'));
  const link = new StageLink();
  const plays: Play[] = [];
  const faults: Fault[] = [];
  const told: StageRig['told'] = [];
  let shown: string | null = null;
  const pageErrors: string[] = [];
  const added: Creative[] = [];
  const stages: OpenedPage[] = [];
  const conductor = new Conductor({
    clock: () => ({ wallMs: Date.now(), monoMs: performance.now(), quality: 'synced' }),
    random: Math.random,
    timeZone: 'UTC',
    screenId: 'test',
    bootId: '01890a5d-ac96-774b-bcce-b302099a8057',
    rotation,
    stage: {
      send(command) {
        told.push({ atMs: performance.now(), command });
        link.send(command);
      },
      get connected() {
        return link.connected;
      },
    },
    media: { verify: () => Promise.resolve(), doubt: () => undefined },
    journal: { started: () => undefined, progressed: () => undefined, finished: (play) => plays.push(play), fault: (fault) => faults.push(fault) },
    onStageSilent: () => void stages[0]?.reload(),
  });
  const hear = (events: readonly StageEvent[]): void => {
    shown = events.findLast((event) => event.type === 'shown')?.playId ?? shown;
    conductor.stageEvents(events);
  };
  const app = new Hono<{ Bindings: { role: StageRole } }>();
  app.route('/stage/', stageRoutes({ pagesDir: join(pagesDir, 'stage'), link, onEvents: hear }));
  const kept: Parts = { path: (sha256) => join(dir, sha256), find: (sha256) => added.find((candidate) => candidate.sha256 === sha256) };
  const sources = openSources({ copies: { load: () => Promise.resolve(null), save: () => Promise.resolve(), keepOnly: () => Promise.resolve() }, nowMs: Date.now, onTrouble: () => undefined });
  app.route('/media', mediaRoutes(kept));
  app.route('/', contentRoutes({ ...kept, sources, screen: { name: 'Window', language: 'de-DE', timeZone: 'UTC' }, packageKey: 'key' }));
  const server = await listen(18_090);
  const gate = createGate({ fetch: (request, as) => app.fetch(request, as) }, server.origin);
  server.serve((request) => gate.fetch(request));
  const stage = await openPage({ browser: await testBrowser(), url: gate.entrance('screen', '/stage/'), window: 'headless', onProblem: (what, message) => pageErrors.push(`${what}: ${message}`) });
  stages.push(stage);

  return {
    conductor,
    link,
    plays,
    faults,
    told,
    shown: () => shown,
    stage,
    pageErrors,
    async add(id, content, over) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      await writeFile(join(dir, sha256), content);
      const one = creative(id, { sha256, bytes: content.length, ...over });
      added.push(one);
      return one;
    },
    setProgramme(next) {
      sources.follow(next.sources ?? []);
      conductor.setProgramme(next);
    },
    async close() {
      conductor.stop();
      sources.close();
      link.close();
      await stage.close();
      await server.close();
      await rm(dir, { recursive: true });
    },
  };
}

export async function until(what: string, condition: () => boolean, limitMs = 30_000): Promise<void> {
  const startMs = performance.now();
  while (!condition()) {
    if (performance.now() - startMs > limitMs) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
