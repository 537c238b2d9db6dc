import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { StageLink, Understudy } from '../../../src/playback/index.ts';
import type { StagePulse } from '../../../src/player/index.ts';
import { superviseStage, type SupervisionOptions } from '../../../src/shells/supervision/supervise-stage.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const WELL: StagePulse = { silentMs: 0, frozenMs: 0, begun: true, lateMs: 0, expected: true, playId: 'a' };

function rig(over: Partial<SupervisionOptions> = {}) {
  const now = { pulse: WELL, look: 'picture' as 'picture' | 'blank' | 'waiting' | 'hangs', bytes: 100, measures: true, upMs: 60_000 as number | null, cachedBytes: 0, replaced: (): void => undefined };
  const did: string[] = [];
  const faults: string[] = [];
  let left = 0;
  let lost = 0;
  const supervision = superviseStage({
    player: { stagePulse: () => now.pulse, stageLost: () => (lost += 1), callUnderstudy: (life) => new Understudy(life, new StageLink(), { takeOver: () => undefined, dismiss: () => undefined }), onStageSilent: () => undefined, fault: (code) => void faults.push(code) },
    page: {
      reload: () => void did.push('reload'),
      reopen: () => void did.push('reopen'),
      async replace(_why, call) {
        did.push(`replace by ${call('7').life}`);
        await new Promise<void>((resolve) => (now.replaced = resolve));
        did.push('replaced');
      },
      upMs: () => now.upMs,
      look: () => (now.look === 'hangs' ? new Promise(() => undefined) : Promise.resolve(now.look)),
      memoryBytes: () => (now.measures ? Promise.resolve(now.bytes + now.cachedBytes) : new Promise(() => undefined)),
      releaseCaches() {
        did.push('release caches');
        now.cachedBytes = 0;
        return Promise.resolve();
      },
    },
    leave: () => (left += 1),
    wellForLong: () => void did.push('well for long'),
    mostBytes: 1_000,
    ...over,
  });
  return { now, did, faults, supervision, left: () => left, lost: () => lost, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

describe('the supervision of the stage', () => {
  it('does nothing while frames come, and says after an hour that all is well', async () => {
    const { did, pass } = rig();
    await pass(3_700_000);
    expect(did).toEqual(['well for long']);
  });

  it('reloads a page whose frames stopped, whatever else it says, and gives it up first', async () => {
    const { now, did, lost, pass } = rig();
    await pass(21_000);
    now.pulse = { ...WELL, playId: null, frozenMs: 6_000, lateMs: 6_000 };
    await pass(1_000);
    expect(did).toEqual(['reload']);
    expect(lost()).toBe(1);
  });

  it('leaves a page alone of which it heard nothing because it was held up itself', async () => {
    const { now, did, pass } = rig();
    await pass(21_000);
    const real = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => real() + 10_000);
    onTestFinished(() => void vi.restoreAllMocks());
    now.pulse = { ...WELL, silentMs: 10_000, frozenMs: 10_000, lateMs: 10_000 };
    await pass(500);
    // What waited was read.
    now.pulse = WELL;
    await pass(3_000);
    expect(did).toEqual([]);
    now.pulse = { ...WELL, silentMs: 4_000 };
    await pass(500);
    expect(did).toEqual(['reload']);
  });

  it('opens a page anew that was loaded anew and presents nothing of what it is told to show', async () => {
    const { now, did, pass } = rig();
    await pass(21_000);
    now.pulse = { ...WELL, playId: null, frozenMs: 6_000, lateMs: 6_000 };
    await pass(500);
    // It loads and speaks, but its first picture does not come.
    for (let lateMs = 0; lateMs <= 5_500; lateMs += 500) {
      now.pulse = { ...WELL, playId: null, begun: false, frozenMs: 6_500 + lateMs, lateMs };
      await pass(500);
    }
    expect(did).toEqual(['reload', 'reopen']);
  });

  it('does not kill what is only coming up: a browser that starts, and a page that reads its script', async () => {
    const { now, did, pass } = rig();
    await pass(21_000);
    now.pulse = { ...WELL, silentMs: 20_000 };
    now.upMs = null;
    await pass(10_000);
    now.upMs = 4_000;
    await pass(1_000);
    expect(did).toEqual([]);
    now.upMs = 8_000;
    await pass(500);
    expect(did).toEqual(['reload']);
  });

  it('leaves when there has been no page for minutes, however often its opening is tried', async () => {
    const { now, left, pass } = rig();
    await pass(21_000);
    now.upMs = null;
    now.pulse = { ...WELL, begun: false, silentMs: 200_000, frozenMs: 200_000 };
    await pass(180_000);
    expect(left()).toBe(0);
    await pass(60_000);
    expect(left()).toBe(1);
  });

  it('loads a stage anew now and then to which nothing can be given, and does no more', async () => {
    const { now, did, left, pass } = rig();
    now.pulse = { ...WELL, begun: false, playId: null, frozenMs: 100_000 };
    await pass(600_000);
    expect(new Set(did)).toEqual(new Set(['reload']));
    expect(did.length).toBeLessThanOrEqual(7);
    expect(left()).toBe(0);
  });

  it('waits for the first picture as long as a big file takes to be checked', async () => {
    const { now, did, pass } = rig();
    now.pulse = { ...WELL, begun: false, playId: null, frozenMs: 60_000 };
    await pass(60_000);
    expect(did).toEqual([]);
  });

  it('reloads a page that counts frames and shows nothing', async () => {
    const { now, did, pass } = rig();
    await pass(21_000);
    now.look = 'blank';
    await pass(2_500);
    expect(did).toEqual(['reload']);
  });

  it('has no complaint about a blank page where there is no programme', async () => {
    const { now, did, pass } = rig();
    now.pulse = { ...WELL, begun: false, expected: false, playId: null, frozenMs: 900_000 };
    now.look = 'waiting';
    await pass(200_000);
    expect(did).toEqual([]);
  });

  it('does not ask a page that hangs to reload', async () => {
    const { now, did, pass } = rig();
    await pass(21_000);
    now.look = 'hangs';
    await pass(3_000);
    now.pulse = { ...WELL, silentMs: 3_500 };
    await pass(500);
    expect(did).toEqual(['reopen']);
  });

  it('leaves when nothing helped, and goes on trying when it may not leave', async () => {
    const { now, did, left, pass } = rig();
    now.pulse = { ...WELL, silentMs: 9_000 };
    await pass(71_500);
    expect(did).toEqual(['reload', 'reopen', 'reopen']);
    expect(left()).toBe(1);
    await pass(120_000);
    expect(did).toEqual(['reload', 'reopen', 'reopen', 'reload', 'reopen', 'reopen']);
    expect(left()).toBe(2);
  });

  it('has a page that grew let go of its caches first, and leaves it be when that was all', async () => {
    const { now, did, pass } = rig();
    now.cachedBytes = 901;
    await pass(60_000);
    expect(did).toEqual(['release caches']);
  });

  it('replaces a page that grew, once at a time, and watches over it meanwhile', async () => {
    const { now, did, pass } = rig();
    now.bytes = 1_001;
    await pass(60_000);
    expect(did).toEqual(['release caches', 'replace by 7']);
    now.pulse = { ...WELL, silentMs: 4_000 };
    await pass(500);
    expect(did).toEqual(['release caches', 'replace by 7', 'reload']);
    now.pulse = WELL;
    now.bytes = 100;
    now.replaced();
    await pass(60_000);
    expect(did).toEqual(['release caches', 'replace by 7', 'reload', 'replaced']);
  });

  it('renews a page no more that needs as much each time, and says once that the machine is too small', async () => {
    const { now, did, faults, left, pass } = rig({ sharesProcesses: true });
    now.bytes = 1_001;
    for (let look = 0; look < 12 * 180; look += 1) {
      await pass(20_000);
      now.replaced();
    }
    expect(did.filter((what) => what === 'replaced')).toHaveLength(3);
    expect(faults).toEqual(['stage-memory']);
    expect(left()).toBe(0);
  });

  it('leaves when no new page gives back what an earlier one did not hold, and processes outlive pages', async () => {
    const { now, did, faults, left, pass } = rig({ sharesProcesses: true });
    await pass(240_000);
    now.bytes = 1_001;
    for (let look = 0; look < 150; look += 1) {
      await pass(20_000);
      now.replaced();
    }
    expect(did.filter((what) => what === 'replaced')).toHaveLength(3);
    expect([left(), faults]).toEqual([1, []]);
  });

  it('is not blind for ever after an answer that never came', async () => {
    const { now, did, pass } = rig();
    await pass(21_000);
    now.look = 'hangs';
    now.measures = false;
    await pass(22_000);
    now.look = 'blank';
    now.measures = true;
    await pass(10_500);
    expect(did).toEqual(['reload']);
    now.look = 'picture';
    now.bytes = 1_001;
    await pass(60_000);
    expect(did.slice(1)).toEqual(['release caches', 'replace by 7']);
  });

  it('survives a page that goes while it is asked, or cannot be replaced: neither is a mistake of the program', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    onTestFinished(() => void process.off('unhandledRejection', unhandled));
    const { now, faults, pass } = rig({
      page: {
        reload: () => undefined,
        reopen: () => undefined,
        replace: () => Promise.reject(new Error('Object has been destroyed')),
        upMs: () => 60_000,
        look: () => Promise.resolve('picture'),
        memoryBytes() {
          if (now.measures) return Promise.resolve(now.bytes);
          throw new Error('Render frame was disposed');
        },
      },
    });
    now.measures = false;
    await pass(60_000);
    now.measures = true;
    now.bytes = 1_001;
    await pass(60_000);
    vi.useRealTimers();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(faults).toEqual(['stage-replace']);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
