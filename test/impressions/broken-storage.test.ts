import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLog, type ImpressionLog } from '../../src/impressions/index.ts';
import { openDatabase } from '../../src/impressions/database.ts';
import { createLog } from '../../src/impressions/log.ts';
import { newFault, newPlay, newRelease, newReleaseTable } from '../contract/builders.ts';
import { newFolder } from './folder.ts';

const KEEPER = fileURLToPath(new URL('./keep-log-open.ts', import.meta.url));

function refusal(code: string, ...words: string[]): unknown {
  return expect.objectContaining({ name: 'LitfassError', code, ...(words.length > 0 && { message: expect.stringMatching(new RegExp(words.join('.*'), 's')) as string }) });
}

/** A log whose disk can be filled up and emptied: SQLite itself reports SQLITE_FULL at its page limit. */
function logOnSmallDisk(file: string): { log: ImpressionLog; fill: () => void; free: () => void } {
  const database = openDatabase(file);
  const log = createLog(database, file);
  return {
    log,
    fill() {
      const pages = database.pragma('page_count', { simple: true }) as number;
      database.pragma(`max_page_count = ${pages}`);
    },
    free: () => void database.pragma('max_page_count = 1000000'),
  };
}

/** Logs until the pages that are already there are full too. */
function logUntilRefused(log: ImpressionLog): void {
  for (;;) log.append(newFault({ message: 'x'.repeat(1000) }));
}

describe('a full disk', () => {
  it('is said with the path and what to do, and leaves every earlier row readable', () => {
    const file = join(newFolder(), 'player.db');
    const { log, fill } = logOnSmallDisk(file);
    onTestFinished(() => {
      expect(() => log.close()).toThrow(refusal('data-folder-full'));
    });
    fill();
    expect(() => logUntilRefused(log)).toThrow(refusal('data-folder-full', 'No space', file, 'Free space'));
    expect(log.rows(0, 500)).toHaveLength(log.size());
    expect(log.unsaved()).toBe(1);
  });

  it('loses no play and counts none twice: what waited in memory is stored, in order, when there is space again', () => {
    const file = join(newFolder(), 'player.db');
    const { log, fill, free } = logOnSmallDisk(file);
    fill();
    expect(() => logUntilRefused(log)).toThrow(refusal('data-folder-full'));
    const before = log.size() + log.unsaved();

    const plays = [newPlay(), newPlay(), newPlay()];
    for (const play of plays) {
      expect(() => log.startPlay(play)).toThrow(refusal('data-folder-full'));
      expect(() => log.finishPlay(play)).toThrow(refusal('data-folder-full'));
    }
    expect(log.unsaved()).toBe(4);
    free();
    const last = newPlay();
    log.startPlay(last);
    log.finishPlay(last);
    log.close();

    const reopened = openLog({ file });
    const logged = reopened.rows(before, 500).map((row) => (JSON.parse(row.leaf) as { playId: string }).playId);
    expect(logged).toEqual([...plays, last].map((play) => play.playId));
    expect(reopened.recovered).toEqual([]);
    reopened.close();
  });

  it('does not make the ledger forget a release that waits: its cell was drawn', () => {
    const file = join(newFolder(), 'player.db');
    const { log, fill, free } = logOnSmallDisk(file);
    const drawn = newRelease({ value: 7 });
    const table = newReleaseTable();
    log.append(newRelease({ windowStartMs: 0 }));
    fill();
    expect(() => logUntilRefused(log)).toThrow(refusal('data-folder-full'));
    expect(() => log.appendAll([drawn, table])).toThrow(refusal('data-folder-full'));
    expect(log.lastRelease()).toEqual(drawn);
    expect(log.lastTableEndMs(table.metric)).toBe(table.windowStartMs + table.windowMs);
    free();
    log.append(newFault());
    expect(log.lastRelease()).toEqual(drawn);
    log.close();
  });

  it('does not let a play that waited stand as open any more once it is stored', () => {
    const file = join(newFolder(), 'player.db');
    const { log, fill, free } = logOnSmallDisk(file);
    const play = newPlay();
    log.startPlay(play);
    fill();
    expect(() => logUntilRefused(log)).toThrow(refusal('data-folder-full'));
    expect(() => log.finishPlay(play)).toThrow(refusal('data-folder-full'));
    free();
    log.append(newFault());
    log.close();
    const reopened = openLog({ file });
    expect({ recovered: reopened.recovered, plays: reopened.count('play') }).toEqual({ recovered: [], plays: 1 });
    reopened.close();
  });
});

describe('a folder that cannot be written', () => {
  it('is said with the path and what to do', () => {
    const folder = join(newFolder(), 'data');
    mkdirSync(folder);
    chmodSync(folder, 0o500);
    const file = join(folder, 'player.db');
    expect(() => asOrdinaryUser(() => openLog({ file }))).toThrow(refusal('data-folder-read-only', file, 'write permission'));
  });

  it('is also found when only the file is read-only', () => {
    const folder = newFolder();
    const file = join(folder, 'player.db');
    openLog({ file }).close();
    chmodSync(folder, 0o777);
    chmodSync(file, 0o444);
    expect(() => asOrdinaryUser(() => openLog({ file }))).toThrow(refusal('data-folder-read-only', file));
  });

  /** Permission bits do not bind root, so as root the test becomes nobody for a moment. */
  function asOrdinaryUser(action: () => unknown): unknown {
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      return action();
    } finally {
      if (root) process.seteuid?.(0);
    }
  }
});

describe('a file that is no sound log', () => {
  it.each([
    ['no database at all', 'log-corrupt', (file: string) => writeFileSync(file, 'this is a diary, not a database. '.repeat(200))],
    ['the database of another program', 'log-foreign', (file: string) => new Database(file).exec('CREATE TABLE diary (day TEXT)').close()],
    ['the log of another version', 'log-other-version', (file: string) => {
      openLog({ file }).close();
      const database = new Database(file);
      database.pragma('user_version = 99');
      database.close();
    }],
    ['a log with a torn header', 'log-corrupt', (file: string) => {
      openLog({ file }).close();
      writeFileSync(file, readFileSync(file).fill(0xff, 0, 50));
    }],
    ['a log whose newest row was changed', 'log-corrupt', (file: string) => {
      const log = openLog({ file });
      log.append(newFault({ message: 'first' }));
      log.close();
      writeFileSync(file, readFileSync(file, 'latin1').replace('"first"', '"worst"'), 'latin1');
    }],
  ])('%s is refused as %s and left exactly as it was', (_what, code, spoil) => {
    const file = join(newFolder(), 'player.db');
    spoil(file);
    const before = readFileSync(file);
    expect(() => openLog({ file })).toThrow(refusal(code, file));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('an old row that was changed is refused when it is read, before it could leave as evidence', () => {
    const file = join(newFolder(), 'player.db');
    const log = openLog({ file });
    log.append(newFault({ message: 'old' }));
    for (let n = 0; n < 500; n++) log.append(newRelease());
    log.close();
    writeFileSync(file, readFileSync(file, 'latin1').replace('"old"', '"odd"'), 'latin1');
    const spoilt = openLog({ file });
    onTestFinished(() => spoilt.close());
    expect(() => spoilt.rows(0, 1)).toThrow(refusal('log-corrupt', 'Row 0'));
    expect(spoilt.rows(1, 500)).toHaveLength(500);
  });
});

describe('two players on one data folder', () => {
  it('the second is refused, and the lock does not outlive a killed first', async () => {
    const file = join(newFolder(), 'player.db');
    const first = spawn(process.execPath, [KEEPER, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void first.kill('SIGKILL'));
    await once(first.stdout, 'data');
    expect(() => openLog({ file })).toThrow(refusal('log-in-use', file, 'Stop the other player'));

    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = openLog({ file });
    expect(second.size()).toBe(1);
    second.close();
  });
});
