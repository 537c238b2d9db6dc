import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { LitfassError, Play } from '../../src/contract/index.ts';
import { openDatabase } from '../../src/impressions/database.ts';
import { examineLog, openLog, type ImpressionLog } from '../../src/impressions/index.ts';
import { createLog } from '../../src/impressions/log.ts';
import { newFault, newPlay, newRelease } from '../contract/builders.ts';
import { newFolder } from './folder.ts';

const GATHERER = fileURLToPath(new URL('./gather-until-killed.ts', import.meta.url));

afterEach(() => void vi.useRealTimers());

function openGathering(file = join(newFolder(), 'player.db')): { log: ImpressionLog; file: string; troubles: (string | null)[] } {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const troubles: (string | null)[] = [];
  const log = openLog({ file, groupCommit: { everyMs: 60_000, onTrouble: (trouble: LitfassError | null) => troubles.push(trouble?.code ?? null) } });
  return { log, file, troubles };
}

function play(log: ImpressionLog, fields: Partial<Play> = {}): Play {
  const played = newPlay(fields);
  log.startPlay(played);
  log.touchPlay({ playId: played.playId, durationMs: 100, presentedFrames: 6 });
  log.finishPlay(played);
  return played;
}

describe('a log that gathers its writes', () => {
  it('stores a minute of plays in one transaction, under the numbers and hashes that it named before', () => {
    const { log, troubles } = openGathering();
    onTestFinished(() => log.close());
    let commits = 0;
    log.onAppend(() => (commits += 1));
    const named = Array.from({ length: 6 }, () => log.append(newFault()));
    play(log);
    expect([log.size(), log.unsaved(), commits]).toEqual([0, 7, 0]);
    vi.advanceTimersByTime(60_000);
    expect([log.size(), log.unsaved(), commits]).toEqual([7, 0, 1]);
    expect(log.rows(0, 6).map(({ seq, hash }) => ({ seq, hash }))).toEqual(named);
    expect(troubles).toEqual([null]);
    vi.advanceTimersByTime(600_000);
    expect(commits).toBe(1);
  });

  it('signs nothing that still waits, and is not hurried by an acknowledgement', () => {
    const { log } = openGathering();
    onTestFinished(() => log.close());
    log.append(newFault());
    log.commit();
    log.append(newFault());
    const key = { publicKey: Buffer.alloc(32), sign: () => Buffer.alloc(64) };
    expect(() => log.signCheckpoint(2, 'entrance', key)).toThrow(RangeError);
    log.signCheckpoint(1, 'entrance', key);
    log.acknowledge(1);
    expect([log.size(), log.unsaved()]).toEqual([1, 1]);
  });

  it('stores a release at once, with all that came before it', () => {
    const { log } = openGathering();
    onTestFinished(() => log.close());
    log.append(newFault());
    log.appendAll([newRelease()]);
    expect([log.size(), log.unsaved()]).toEqual([2, 0]);
  });

  it('stores everything when it is closed, and leaves no play open', () => {
    const { log, file } = openGathering();
    const played = play(log);
    log.close();
    const reopened = openLog({ file });
    onTestFinished(() => reopened.close());
    expect(reopened.recovered).toEqual([]);
    expect(reopened.rows(0, 10).map(({ leaf }) => (JSON.parse(leaf) as Play).playId)).toEqual([played.playId]);
  });

  it('tells when the disk refuses a group, keeps it, and stores it in order once there is space', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const file = join(newFolder(), 'player.db');
    const database = openDatabase(file);
    const troubles: (string | null)[] = [];
    const log = createLog(database, file, { everyMs: 1_000, onTrouble: (trouble) => troubles.push(trouble?.code ?? null) });
    onTestFinished(() => log.close());
    database.pragma(`max_page_count = ${String(database.pragma('page_count', { simple: true }))}`);
    const messages = Array.from({ length: 30 }, (_, number) => `${number}`.padStart(900, 'x'));
    for (const message of messages) log.append(newFault({ message }));
    vi.advanceTimersByTime(2_000);
    expect([troubles, log.size(), log.unsaved()]).toEqual([['data-folder-full', 'data-folder-full'], 0, 30]);
    database.pragma('max_page_count = 1000000');
    vi.advanceTimersByTime(1_000);
    expect(troubles.at(-1)).toBeNull();
    expect(log.rows(0, 100).map(({ leaf }) => (JSON.parse(leaf) as { message: string }).message)).toEqual(messages);
  });

  it.each([0, -1, 60_001, Number.NaN])('refuses a pace of %s ms', (everyMs) => {
    expect(() => openLog({ file: join(newFolder(), 'player.db'), groupCommit: { everyMs, onTrouble: () => undefined } })).toThrow(RangeError);
  });
});

it('killed at any moment, it loses at most what was finished since its last group, and never what it said was stored', async () => {
  const file = join(newFolder(), 'player.db');
  for (let round = 0; round < 5; round++) {
    const player = spawn(process.execPath, [GATHERER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = text(player.stdout);
    await once(player.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 60));
    player.kill('SIGKILL');
    await once(player, 'exit');
    const lines = (await said).split('\n').map((line) => line.split(' '));
    const stored = Math.max(0, ...lines.filter(([what]) => what === 'stored').map(([, size]) => Number(size)));

    const log = openLog({ file });
    const rows = log.rows(0, log.size()).map(({ leaf }) => JSON.parse(leaf) as Play);
    log.close();
    expect(rows.length).toBeGreaterThanOrEqual(stored);
    for (const [what, playId, seq] of lines) if (what === 'finished' && Number(seq) < stored) expect(rows[Number(seq)]).toMatchObject({ playId, endReason: 'ended' });
    expect(new Set(rows.map(({ playId }) => playId)).size).toBe(rows.length);
    expect(rows.filter(({ endReason }) => endReason === 'crash').length).toBeLessThanOrEqual(round + 1);
    expect(examineLog(file, []).failures).toEqual([]);
  }
}, 60_000);
