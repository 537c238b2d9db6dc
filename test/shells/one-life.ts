// One life of a player in a process of its own, with a real hub and a shell that shows nothing. Tells its parent, like a service,
// how it does; in the middle of it happens what the parent named.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openHub, serveHub } from '../../src/hub/index.ts';
import type { Player } from '../../src/player/index.ts';
import { projectDir } from '../../src/cli/options.ts';
import { runPlayer } from '../../src/shells/index.ts';
import type { ShellRequest } from '../../src/shells/shell.ts';
import { writeProgramme } from '../chaos/programme.ts';

const [dir = '', what = ''] = process.argv.slice(2);
const tell = (message: unknown): void => void process.send?.(message);
const stop = new AbortController();
process.on('message', () => stop.abort());

const hub = await openHub({ dataDir: join(dir, 'hub'), clock: Date.now, pagesDir: `${projectDir}dist/renderer/console`, notice: () => undefined });
const served = await serveHub(hub, { host: '127.0.0.1', port: { preferred: 0 } });
await hub.publishProgrammeFolder(await writeProgramme(dir, () => 1_000));
const { code } = await hub.createPairingCode();

const accidents: Readonly<Record<string, (player: Player, shell: ShellRequest) => Promise<void>>> = {
  rejects: () => {
    void Promise.reject(new Error('nobody waits for me'));
    return Promise.resolve();
  },
  throws: () => {
    setTimeout(() => {
      throw new Error('nobody catches me');
    });
    return Promise.resolve();
  },
  /** Until whoever waits for pictures has seen none for long; then the ladder gives up, again and again. */
  freezes: async (player, shell) => {
    while (!player.stagePulse().expected || player.stagePulse().silentMs < 6_000) await sleep(100);
    tell('FROZEN');
    for (let times = 0; times < 3; times += 1) {
      shell.leave?.('presents no frame');
      await sleep(500);
    }
  },
};

const result = await runPlayer({
  player: { dataDir: join(dir, 'screen'), hubUrl: served.url, pairingCode: code, name: 'One life', source: { kind: 'none' }, version: 'test', projectDir },
  shell: 'headless',
  openShell: (shell) => {
    void accidents[what]?.(shell.player, shell);
    return Promise.resolve({ kind: 'headless', viewUrl: null, close: () => Promise.resolve() });
  },
  mayReboot: false,
  seconds: null,
  reportFile: null,
  say: (line) => tell({ said: line }),
  stop: stop.signal,
});
tell({ ...result, listeners: process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection') });
process.exit(0);
