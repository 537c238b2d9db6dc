import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LitfassError, type StoredPlays } from '../../src/contract/index.ts';
import { openLog } from '../../src/impressions/index.ts';
import { countImpressions } from '../../src/player/run-record.ts';
import { newPlay } from '../contract/builders.ts';

/** A log with three plays of this run, of which the hub acknowledged two. */
function logOfThree() {
  const dir = mkdtempSync(join(tmpdir(), 'litfass-record-'));
  const log = openLog({ file: join(dir, 'player.db') });
  onTestFinished(() => {
    log.close();
    rmSync(dir, { recursive: true });
  });
  for (const play of [newPlay(), newPlay(), newPlay()]) {
    log.startPlay(play);
    log.finishPlay(play);
  }
  log.acknowledge(2);
  return { log, firstSeq: 0, logged: 3 };
}

const hubThat = (storedPlays: (signal: AbortSignal) => Promise<StoredPlays>) => ({ storedPlays: (_epoch: string, _from: number, signal: AbortSignal) => storedPlays(signal) });
const byItsWord = { logged: 3, acknowledged: 2, lost: 1, duplicated: 0 };

it('believes the hub, where it answers', async () => {
  const hub = hubThat(() => Promise.resolve({ plays: 3, repeated: 1 }));
  expect(await countImpressions({ ...logOfThree(), hub, waitMs: 60_000 })).toEqual({ logged: 3, acknowledged: 2, lost: 0, duplicated: 1 });
});

it('does not wait for a hub that takes the question and never answers', async () => {
  const hub = hubThat((signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))));
  expect(await countImpressions({ ...logOfThree(), hub, waitMs: 50 })).toEqual(byItsWord);
});

it('takes what was acknowledged from a hub that is away', async () => {
  const hub = hubThat(() => Promise.reject(new LitfassError('hub-offline', 'away')));
  expect(await countImpressions({ ...logOfThree(), hub, waitMs: 60_000 })).toEqual(byItsWord);
});

it('does not ask at all when there is no time', async () => {
  const hub = hubThat(() => expect.unreachable('asked'));
  expect(await countImpressions({ ...logOfThree(), hub, waitMs: 0 })).toEqual(byItsWord);
});
