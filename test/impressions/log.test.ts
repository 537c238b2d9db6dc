import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { canonicalJson, type Fault, type Play, type Release } from '../../src/contract/index.ts';
import { leafHashHex, openLog, type ImpressionLog } from '../../src/impressions/index.ts';
import { newFault, newPlay, newRelease, newReleaseTable } from '../contract/builders.ts';
import { newFolder } from './folder.ts';

function open(file = join(newFolder(), 'player.db')): ImpressionLog {
  const log = openLog({ file });
  onTestFinished(() => log.close());
  return log;
}

function logPlay(log: ImpressionLog, play: Play): void {
  log.startPlay(play);
  log.finishPlay(play);
}

describe('a new log', () => {
  it('has an epoch of its own, no rows and nothing to recover', () => {
    const one = open();
    expect(one.epoch).not.toBe(open().epoch);
    expect({ size: one.size(), recovered: one.recovered, acknowledged: one.acknowledged(), lastRelease: one.lastRelease() }).toEqual({ size: 0, recovered: [], acknowledged: 0, lastRelease: null });
  });
});

describe('an appended leaf', () => {
  it('stands in the log as its canonical text, with the hash of exactly that text', () => {
    const log = open();
    const fault = newFault({ message: 'Käse 🧀 "quoted"' });
    const entry = log.append(fault);
    expect(log.rows(0, 10)).toEqual([{ seq: 0, leaf: canonicalJson(fault), hash: leafHashHex(canonicalJson(fault)) }]);
    expect(entry).toEqual({ seq: 0, hash: leafHashHex(canonicalJson(fault)) });
  });

  it('is still there, with the epoch, when the log is opened again', () => {
    const file = join(newFolder(), 'player.db');
    const first = openLog({ file });
    const entry = first.append(newFault());
    first.close();
    const second = open(file);
    expect(second.epoch).toBe(first.epoch);
    expect(second.rows(0, 10)[0]?.hash).toBe(entry.hash);
  });

  it('is refused when it does not fit its schema, and costs nothing that is there', () => {
    const log = open();
    log.append(newFault());
    expect(() => log.append(newFault({ code: 'Not A Code' }))).toThrow(expect.objectContaining({ code: 'leaf-invalid', message: expect.stringContaining('code:') as string }));
    expect({ size: log.size(), unsaved: log.unsaved() }).toEqual({ size: 1, unsaved: 0 });
  });

  it('wakes whoever listens, until they stop', () => {
    const log = open();
    let heard = 0;
    const stop = log.onAppend(() => heard++);
    log.append(newFault());
    logPlay(log, newPlay());
    log.acknowledge(1);
    stop();
    log.append(newFault());
    expect(heard).toBe(2);
  });
});

describe('rows', () => {
  it('count from 0 without a gap, whatever is logged in whatever order', () => {
    const leaf = fc.oneof(
      fc.string({ maxLength: 30, unit: 'grapheme' }).map((message): Fault => newFault({ message })),
      fc.integer({ min: -1000, max: 1000 }).map((value): Release => newRelease({ value })),
      fc.string({ maxLength: 30, unit: 'grapheme' }).map((name): Play => newPlay({ creative: { ...newPlay().creative, name } })),
    );
    fc.assert(
      fc.property(fc.array(leaf, { maxLength: 20 }), fc.nat(20), fc.nat(20), (leaves, from, limit) => {
        const log = openLog({ file: join(newFolder(), 'player.db') });
        for (const each of leaves) {
          if (each.type === 'play') logPlay(log, each);
          else log.append(each);
        }
        const wanted = leaves.map((each, seq) => ({ seq, leaf: canonicalJson(each), hash: leafHashHex(canonicalJson(each)) }));
        expect(log.rows(from, limit)).toEqual(wanted.slice(from, from + limit));
        expect(log.size()).toBe(leaves.length);
        log.close();
      }),
      { numRuns: 30 },
    );
  });
});

describe('a play', () => {
  it('is one leaf, however often it was touched on the way', () => {
    const log = open();
    const play = newPlay();
    log.startPlay(play);
    log.touchPlay({ playId: play.playId, durationMs: 500, presentedFrames: 30 });
    log.touchPlay({ playId: play.playId, durationMs: 1_000, presentedFrames: 60 });
    log.finishPlay(play);
    expect(log.rows(0, 10).map((row) => row.leaf)).toEqual([canonicalJson(play)]);
  });

  it('cannot be finished twice, nor without having been started', () => {
    const log = open();
    const play = newPlay();
    expect(() => log.finishPlay(play)).toThrow(expect.objectContaining({ code: 'play-not-open' }));
    logPlay(log, play);
    expect(() => log.finishPlay(play)).toThrow(expect.objectContaining({ code: 'play-not-open' }));
    expect(log.size()).toBe(1);
  });

  it('cannot start while another one is open in its zone', () => {
    const log = open();
    log.startPlay(newPlay());
    expect(() => log.startPlay(newPlay())).toThrow(expect.objectContaining({ code: 'play-already-open' }));
  });

  it('that was left open is logged as a crash, with what was last known, at the next start and only once', () => {
    const file = join(newFolder(), 'player.db');
    const play = newPlay({ durationMs: 0, presentedFrames: 0 });
    const first = openLog({ file });
    first.startPlay(play);
    first.touchPlay({ playId: play.playId, durationMs: 3_000, presentedFrames: 180 });
    first.close();

    const crashed = { ...play, durationMs: 3_000, presentedFrames: 180, endReason: 'crash' };
    const second = openLog({ file });
    expect(second.recovered).toEqual([crashed]);
    expect(second.rows(0, 10).map((row) => row.leaf)).toEqual([canonicalJson(crashed)]);
    second.close();

    const third = open(file);
    expect({ recovered: third.recovered, size: third.size() }).toEqual({ recovered: [], size: 1 });
  });

  it('may be open in each zone, and those that were left open are all logged as crashes', () => {
    const file = join(newFolder(), 'player.db');
    const [main, ticker] = [newPlay({ zone: 'main' }), newPlay({ zone: 'ticker' })];
    const first = openLog({ file });
    first.startPlay(main);
    first.startPlay(ticker);
    first.touchPlay({ playId: ticker.playId, durationMs: 2_000, presentedFrames: 120 });
    first.finishPlay(main);
    first.startPlay(newPlay({ ...main, playId: '01890a5d-ac96-774b-bcce-b302099a8057' }));
    first.close();

    const second = open(file);
    expect(second.recovered.map(({ playId, endReason }) => [playId, endReason])).toEqual([[ticker.playId, 'crash'], ['01890a5d-ac96-774b-bcce-b302099a8057', 'crash']]);
    expect(second.recovered[0]).toMatchObject({ durationMs: 2_000, presentedFrames: 120 });
    expect(second.count('play')).toBe(3);
  });

  it('is among the plays of this opening, and those of earlier ones are not', () => {
    const file = join(newFolder(), 'player.db');
    const first = openLog({ file });
    logPlay(first, newPlay());
    first.startPlay(newPlay());
    first.close();
    const second = open(file);
    const plays = [newPlay(), newPlay()];
    for (const play of plays) logPlay(second, play);
    second.append(newFault());
    expect([...second.plays()]).toEqual(plays);
    expect({ plays: second.count('play'), faults: second.count('fault') }).toEqual({ plays: 4, faults: 1 });
  });
});

describe('the release ledger', () => {
  it('knows the newest release, also after a restart and behind many other leaves', () => {
    const file = join(newFolder(), 'player.db');
    const first = openLog({ file });
    const cells = [newRelease({ bucket: 'watched' }), newRelease({ bucket: 'passed' })];
    expect(first.appendAll(cells).map((entry) => entry.seq)).toEqual([0, 1]);
    for (let n = 0; n < 10; n++) first.append(newFault());
    first.close();
    expect(open(file).lastRelease()).toEqual(cells[1]);
  });

  it('takes the cells of a window together or not at all', () => {
    const log = open();
    expect(() => log.appendAll([newRelease(), newRelease({ coveragePercent: 101 })])).toThrow(expect.objectContaining({ code: 'leaf-invalid' }));
    expect({ size: log.size(), lastRelease: log.lastRelease() }).toEqual({ size: 0, lastRelease: null });
  });
});

describe('the ledger of tables', () => {
  it('knows the end of the newest window of each, also after a restart', () => {
    const file = join(newFolder(), 'player.db');
    const first = openLog({ file });
    first.appendAll([newReleaseTable({ windowStartMs: 1_800_000 }), newReleaseTable({ windowStartMs: 900_000 }), newReleaseTable({ metric: 'dwell', windowStartMs: 0, windowMs: 60_000 })]);
    first.close();
    const log = open(file);
    expect([log.lastTableEndMs('gender'), log.lastTableEndMs('dwell'), log.lastTableEndMs('attention')]).toEqual([2_700_000, 60_000, 0]);
    expect(log.lastRelease()).toBeNull();
  });
});

describe('the acknowledged cursor', () => {
  it('outlives a restart, and may go back when the hub lost rows', () => {
    const file = join(newFolder(), 'player.db');
    const first = openLog({ file });
    first.append(newFault());
    first.append(newFault());
    first.acknowledge(2);
    first.acknowledge(1);
    first.close();
    expect(open(file).acknowledged()).toBe(1);
  });

  it('never goes beyond what was logged', () => {
    const log = open();
    log.append(newFault());
    expect(() => log.acknowledge(2)).toThrow(RangeError);
    expect(() => log.acknowledge(-1)).toThrow(RangeError);
  });
});

describe('settings', () => {
  it('outlive a restart; what was never set is null', () => {
    const file = join(newFolder(), 'player.db');
    const first = openLog({ file });
    first.setSettings({ screenId: 'entrance', highestProgrammeVersion: 7 });
    first.close();
    const second = open(file);
    expect([second.setting('screenId'), second.setting('highestProgrammeVersion'), second.setting('hubUrl')]).toEqual(['entrance', 7, null]);
  });

  it('are set all together or not at all', () => {
    const log = open();
    expect(() => log.setSettings({ screenId: 'entrance', highestProgrammeVersion: -1 })).toThrow();
    expect(log.setting('screenId')).toBeNull();
  });
});
