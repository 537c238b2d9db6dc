import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openHub, serveHub, type Hub } from '../../src/hub/index.ts';
import { openPlayer, type Player } from '../../src/player/index.ts';
import { openChromiumShell, type Shell } from '../../src/shells/index.ts';
import { facesAsCamera, testBrowser } from './browser.ts';

export const projectDir = fileURLToPath(new URL('../../', import.meta.url));

/** A whole store: a hub, a screen, and real faces before its camera. */
export interface Store {
  /** Holds `hub/` and `screen/`, and nothing of the camera. */
  readonly dir: string;
  /** Holds the pictures that the camera shows. */
  readonly cameraDir: string;
  readonly hub: Hub;
  readonly hubUrl: string;
  readonly player: Player;
  readonly shell: Shell;
  /** What hub, player and shell said to people. */
  readonly said: readonly string[];
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Faces before the camera, up to five. */
  readonly people: number;
  readonly programmeDir?: string;
  /** Ports of its own, so that stores of several tests do not meet. */
  readonly ports: { readonly hub: number; readonly stage: number };
  /** Stands between the screen and the hub; gets the hub's address and gives its own. */
  readonly line?: (hubUrl: string) => Promise<{ readonly url: string; close(): Promise<void> }>;
  /** Stands between the screen's pages and its player. */
  readonly between?: (player: Player) => Player;
}

export async function openStore({ people, programmeDir = join(projectDir, 'assets/demo'), ports, line, between = (player) => player }: StoreOptions): Promise<Store> {
  const closing: (() => Promise<unknown>)[] = [];
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const close = async (): Promise<void> => {
    for (const each of closing.splice(0).toReversed()) await each();
  };
  try {
    const dir = await mkdtemp(join(tmpdir(), 'litfass-store-'));
    closing.push(() => rm(dir, { recursive: true }));
    const cameraDir = await mkdtemp(join(tmpdir(), 'litfass-faces-'));
    closing.push(() => rm(cameraDir, { recursive: true }));
    const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: join(projectDir, 'dist/renderer/console'), notice: say });
    closing.push(() => hub.close());
    const served = await serveHub(hub, { host: '127.0.0.1', port: ports.hub });
    closing.push(() => served.close());
    const wire = await line?.(served.url);
    if (wire !== undefined) closing.push(() => wire.close());
    await hub.publishProgrammeFolder(programmeDir);
    const { code } = await hub.createPairingCode();
    const player = await openPlayer({
      dataDir: join(dir, 'screen'),
      hubUrl: wire?.url ?? served.url,
      pairingCode: code,
      name: 'Test screen',
      source: { kind: 'camera' },
      shell: 'headless',
      version: 'test',
      projectDir,
      say,
      stop: new AbortController().signal,
    });
    closing.push(() => player.close());
    const shell = await openChromiumShell({ player: between(player), browser: await testBrowser(), window: 'headless', port: ports.stage, visionArgs: await facesAsCamera(cameraDir, people), say });
    closing.push(() => shell.close());
    return { dir, cameraDir, hub, hubUrl: served.url, player, shell, said, close };
  } catch (error) {
    await close();
    throw error;
  }
}
