import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLog, originOf, parseCheckpoint, parseNote, verifyConsistency, type ImpressionLog } from '../../src/impressions/index.ts';
import { newFault, newRelease } from '../contract/builders.ts';
import { newFolder } from './folder.ts';
import { SCREEN } from './note/test-keys.ts';

const DAY_MS = 86_400_000;

function open(file = join(newFolder(), 'player.db')): ImpressionLog {
  const log = openLog({ file });
  onTestFinished(() => log.close());
  return log;
}

const sign = (log: ImpressionLog, size: number) => log.signCheckpoint(size, 'entrance', SCREEN);
const checkpointOf = (note: string) => parseCheckpoint(parseNote(note).text);

describe('a signed checkpoint', () => {
  it('names the screen and the log, and follows from each one before', () => {
    const log = open();
    let before = checkpointOf(sign(log, 0));
    expect(before.origin).toBe(originOf('entrance', log.epoch));
    for (const rows of [1, 2, 250, 300, 70]) {
      log.appendAll(Array.from({ length: rows }, () => newFault()));
      const now = checkpointOf(sign(log, log.size()));
      if (before.size > 0) expect(verifyConsistency(before.size, now.size, before.root, now.root, log.consistencyProof(before.size, now.size))).toBe(true);
      before = now;
    }
  });

  it('may be for fewer rows than the last one: a backlog is sent in pieces', () => {
    const log = open();
    log.appendAll([newFault(), newFault(), newFault()]);
    sign(log, 3);
    expect(checkpointOf(sign(log, 2)).size).toBe(2);
    expect(() => sign(log, 4)).toThrow(RangeError);
  });

  it('is never followed by one that contradicts it: rows that were changed are not signed again', () => {
    const file = join(newFolder(), 'player.db');
    const log = openLog({ file });
    log.appendAll([newFault({ message: 'a' }), newFault({ message: 'b' })]);
    sign(log, 2);
    log.close();
    const database = new Database(file);
    const [other] = database.prepare('SELECT hash FROM leaf WHERE seq = 0').pluck().all() as Buffer[];
    database.prepare('UPDATE leaf SET hash = ? , leaf = (SELECT leaf FROM leaf WHERE seq = 0) WHERE seq = 1').run(other);
    database.close();
    expect(() => sign(open(file), 2)).toThrow(expect.objectContaining({ code: 'log-corrupt' }));
  });

  it('is never followed by one over fewer rows than there were', () => {
    const file = join(newFolder(), 'player.db');
    const log = openLog({ file });
    log.appendAll([newFault(), newFault()]);
    sign(log, 2);
    log.close();
    const database = new Database(file);
    database.exec('DELETE FROM leaf WHERE seq = 1');
    database.close();
    expect(() => sign(open(file), 1)).toThrow(expect.objectContaining({ code: 'log-went-back' }));
  });
});

it('a log whose leaves came one by one, over several lives, signs the same tree as one that got them at once', () => {
  const leaves = Array.from({ length: 700 }, () => newFault({ message: randomUUID() }));
  const atOnce = open();
  atOnce.appendAll(leaves);
  const file = join(newFolder(), 'player.db');
  for (const from of [0, 300, 600]) {
    const log = openLog({ file });
    for (const leaf of leaves.slice(from, from + 300)) log.append(leaf);
    if (from === 300) sign(log, 512);
    log.close();
  }
  const oneByOne = open(file);
  for (const size of [256, 600, 700]) expect(checkpointOf(sign(oneByOne, size)).root).toEqual(checkpointOf(sign(atOnce, size)).root);
  expect(oneByOne.consistencyProof(255, 700)).toEqual(atOnce.consistencyProof(255, 700));
});

it('a log that was written before there was a tree gets one when it is opened, and proves the same', () => {
  const file = join(newFolder(), 'player.db');
  const log = openLog({ file });
  log.appendAll(Array.from({ length: 600 }, () => newFault({ message: randomUUID() })));
  const note = sign(log, 600);
  log.close();
  const database = new Database(file);
  database.exec(`DROP TABLE tree; DELETE FROM setting WHERE name = 'signed'; PRAGMA user_version = 1;`);
  database.close();
  expect(checkpointOf(sign(open(file), 600))).toEqual(checkpointOf(note));
});

describe('retention', () => {
  const rows = () => Array.from({ length: 4 }, () => newFault());

  it('gives up leaves that were cosigned thirty days ago, and keeps their hashes and every proof', () => {
    const log = open();
    log.appendAll([...rows(), newRelease()]);
    const first = sign(log, 5);
    log.acknowledge(5, { size: 5, note: first, timeMs: DAY_MS });
    log.appendAll(rows());
    const second = sign(log, 9);
    log.acknowledge(9, { size: 9, note: second, timeMs: 30 * DAY_MS });
    expect(log.rows(0, 9).every(({ leaf }) => leaf !== '')).toBe(true);
    log.acknowledge(9, { size: 9, note: second, timeMs: 31 * DAY_MS });
    // The newest release stays: the ledger of releases reads it.
    expect(log.rows(0, 9).map(({ leaf }) => leaf !== '')).toEqual([false, false, false, false, true, true, true, true, true]);
    expect(log.lastRelease()).not.toBeNull();
    expect(sign(log, 9)).toBe(second);
    expect(sign(log, 5)).toBe(first);
    expect([...log.plays()]).toEqual([]);
  });

  it('gives up nothing that was only acknowledged', () => {
    const log = open();
    log.appendAll(rows());
    log.acknowledge(4);
    log.acknowledge(4, { size: 2, note: sign(log, 2), timeMs: 0 });
    log.acknowledge(4, { size: 4, note: sign(log, 4), timeMs: 40 * DAY_MS });
    expect(log.rows(0, 4).map(({ leaf }) => leaf !== '')).toEqual([false, false, true, true]);
  });

  it('does not take an emptied row for one that was given up', () => {
    const file = join(newFolder(), 'player.db');
    const log = openLog({ file });
    log.appendAll(rows());
    log.close();
    const database = new Database(file);
    database.exec(`UPDATE leaf SET leaf = '' WHERE seq = 2`);
    database.close();
    expect(() => openLog({ file })).toThrow(expect.objectContaining({ code: 'log-corrupt', message: expect.stringContaining('Row 2') as string }));
  });
});
