import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Play } from '../../src/contract/index.ts';
import { openLog } from '../../src/impressions/index.ts';
import { newFolder } from './folder.ts';

const PLAYER = fileURLToPath(new URL('./play-until-killed.ts', import.meta.url));
const ROUNDS = 10;

it('whenever the player is killed, no finished play is lost, none is counted twice, and the open one is closed as a crash', async () => {
  const file = join(newFolder(), 'player.db');
  const finished: string[] = [];
  const started: string[] = [];

  for (let round = 0; round < ROUNDS; round++) {
    const player = spawn(process.execPath, [PLAYER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = text(player.stdout);
    await once(player.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
    player.kill('SIGKILL');
    await once(player, 'exit');
    for (const line of (await said).split('\n')) {
      const [what, playId] = line.split(' ');
      if (what === 'started' && playId?.length === 36) started.push(playId);
      if (what === 'finished' && playId?.length === 36) finished.push(playId);
    }
  }

  const log = openLog({ file });
  const plays = log.rows(0, log.size()).map((row) => JSON.parse(row.leaf) as Play);
  log.close();
  const logged = new Map(plays.map((play) => [play.playId, play.endReason]));
  expect(logged.size).toBe(plays.length);
  expect(finished.length).toBeGreaterThan(ROUNDS);
  expect(finished.filter((playId) => logged.get(playId) !== 'ended')).toEqual([]);
  expect(started.filter((playId) => !logged.has(playId))).toEqual([]);
  const crashed = plays.filter((play) => play.endReason === 'crash');
  expect(crashed.length).toBeLessThanOrEqual(ROUNDS);
  expect(crashed.filter((play) => play.presentedFrames !== 0 && play.presentedFrames !== 240)).toEqual([]);
}, 60_000);
