import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHub, serveHub } from '../../src/hub/index.ts';
import { openPlayer, type Player } from '../../src/player/index.ts';
import { createGate } from '../../src/shells/chromium/gate.ts';
import { listen } from '../../src/shells/chromium/listen.ts';
import { supervisePage, type SupervisedPage } from '../../src/shells/chromium/supervised-page.ts';
import { findHeadlessBrowser } from '../../src/shells/index.ts';
import { superviseStage, type SupervisionOptions } from '../../src/shells/supervision/index.ts';
import { writeProgramme } from './programme.ts';

const projectDir = fileURLToPath(new URL('../../', import.meta.url));

export interface StageScreen {
  readonly player: Player;
  readonly stage: SupervisedPage;
  /** How often nothing inside of the process would have helped. */
  readonly left: number;
  /** Ends supervision and the play in front, and lets the hub take the log. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export interface StageScreenOptions extends Pick<SupervisionOptions, 'mostBytes' | 'measureEveryMs'> {
  readonly durationMs: (index: number) => number;
  readonly say: (line: string) => void;
  /** Of the hub; the stage is fifty above. */
  readonly port: number;
}

/** A screen with four plain creatives, a hub for its plays, and a headless browser, supervised as in a shop. */
export async function openStageScreen({ durationMs, say, port, ...limits }: StageScreenOptions): Promise<StageScreen> {
  const dir = await mkdtemp(join(tmpdir(), 'litfass-stage-screen-'));
  const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: `${projectDir}dist/renderer/console`, notice: say });
  const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: port } });
  await hub.publishProgrammeFolder(await writeProgramme(dir, durationMs));
  const { code } = await hub.createPairingCode();
  const player = await openPlayer({ dataDir: join(dir, 'screen'), hubUrl: served.url, pairingCode: code, name: 'Stage', source: { kind: 'none' }, shell: 'headless', version: 'test', projectDir, say, stop: new AbortController().signal });
  const browser = await findHeadlessBrowser();
  if (browser === null) throw new Error('no Chromium for this platform; install one or set LITFASS_CHROMIUM');
  const server = await listen(port + 50);
  const gate = createGate(player, server.origin);
  server.serve((request) => gate.fetch(request));
  const stage = supervisePage({ request: { browser, window: 'headless', url: gate.entrance('screen', '/stage/') }, what: 'stage page', say, steadyMs: 5_000, onLife: (life) => player.announceStage(life), onLost: () => player.stageLost() });
  let left = 0;
  const supervision = superviseStage({ player, page: stage, leave: () => (left += 1), wellForLong: () => undefined, ...limits });
  return {
    player,
    stage,
    get left() {
      return left;
    },
    async stop() {
      supervision.close();
      await player.stop();
    },
    async close() {
      await stage.close();
      await server.close();
      await player.close();
      await served.close();
      await hub.close();
      await rm(dir, { recursive: true });
    },
  };
}
