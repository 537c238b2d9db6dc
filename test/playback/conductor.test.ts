import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Programme } from '../../src/contract/index.ts';
import { creative, people, programme } from '../programme-fixture.ts';
import { rig } from './conductor-rig.ts';

const pair = { metric: 'present', condition: 'at-least', value: 2 } as const;
const threeStills: Programme = programme([creative('a'), creative('b'), creative('c')]);

beforeEach(() => {
  vi.useFakeTimers({ now: 1_760_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the conductor', () => {
  it('plays one creative after the other for its time, each prepared before its slot', async () => {
    const { conductor, plays, stage, started } = rig();
    conductor.setProgramme(threeStills);
    await vi.advanceTimersByTimeAsync(16_000);
    expect(plays.map(({ endReason }) => endReason)).toEqual(['ended', 'ended', 'ended']);
    for (const play of plays) {
      expect(play.durationMs).toBeGreaterThanOrEqual(5_000);
      expect(play.durationMs).toBeLessThan(5_100);
      expect(play.presentedFrames).toBeGreaterThan(200);
    }
    expect(started.map(({ playId }) => playId).slice(0, 3)).toEqual(plays.map(({ playId }) => playId));
    const kinds = stage.commands.map(({ type }) => type).filter((type) => type !== 'layout');
    expect(kinds.slice(0, 4)).toEqual(['prepare', 'show', 'prepare', 'show']);
  });

  it('cuts in for an audience that matches, but not before the minimum hold', async () => {
    const { conductor, plays } = rig();
    conductor.setProgramme(programme([creative('a', { durationMs: 10_000 }), creative('pair', { tier: 'audience', criteria: [pair] })]));
    await vi.advanceTimersByTimeAsync(500);
    for (let ms = 0; ms < 3_500; ms += 100) {
      conductor.setAudience(people(2, ms));
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(plays).toHaveLength(1);
    expect(plays[0]).toMatchObject({ creative: { id: 'a' }, endReason: 'interrupt' });
    expect(plays[0]!.durationMs).toBeGreaterThanOrEqual(3_000);
    expect(conductor.nowPlaying?.creative.id).toBe('pair');
    expect(conductor.nowPlaying?.decision.reason.kind).toBe('audience');
  });

  it('changes its mind about the next creative when the people leave in time', async () => {
    const { conductor } = rig();
    conductor.setProgramme(programme([creative('a', { durationMs: 9_000 }), creative('b'), creative('pair', { tier: 'audience', criteria: [pair], durationMs: 6_000 })], { selection: { enterMs: 100, leaveMs: 300, minimumHoldMs: 60_000 } }));
    await vi.advanceTimersByTimeAsync(300);
    const front = conductor.nowPlaying!.creative;
    const slotMs = front.durationMs;
    let ms = 300;
    const sense = async (present: number, untilMs: number): Promise<void> => {
      for (; ms < untilMs; ms += 100) {
        conductor.setAudience(people(present, ms));
        await vi.advanceTimersByTimeAsync(100);
      }
    };
    await sense(2, slotMs - 2_000);
    await sense(0, slotMs + 500);
    expect(conductor.nowPlaying?.creative.id).not.toBe('pair');
    expect(conductor.nowPlaying?.creative.id).not.toBe(front.id);
  });

  it.each([
    ['never-ready', 'load'],
    ['broken', 'decode'],
    ['no-first-frame', 'stalled'],
  ] as const)('skips a creative that is %s within two seconds of its slot, says so, and sets it aside', async (behaviour, code) => {
    const { conductor, plays, faults } = rig({ bad: behaviour });
    conductor.setProgramme(programme([creative('bad', { weight: 1000 }), creative('good'), creative('other')]));
    await vi.advanceTimersByTimeAsync(40_000);
    expect(faults[0]).toMatchObject({ type: 'fault', code, creativeId: 'bad' });
    expect(plays.every((play) => play.creative.id !== 'bad')).toBe(true);
    for (const play of plays) expect(play.durationMs).toBeLessThan(play.plannedMs + 2_000);
    // Rests 30 s, then 60 s: tried again once, no more.
    expect(faults.filter(({ creativeId }) => creativeId === 'bad').length).toBeLessThanOrEqual(2);
  });

  it('takes off a creative that stops presenting frames within two seconds, and records what was seen', async () => {
    const { conductor, plays, faults } = rig({ stuck: 'freezes' });
    conductor.setProgramme(programme([creative('stuck', { weight: 1000, durationMs: 20_000 }), creative('good')]));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(plays[0]).toMatchObject({ creative: { id: 'stuck' }, endReason: 'stalled', presentedFrames: 1 });
    expect(plays[0]!.durationMs).toBeLessThanOrEqual(2_000);
    expect(faults[0]).toMatchObject({ code: 'stalled', creativeId: 'stuck' });
    expect(conductor.nowPlaying?.creative.id).toBe('good');
  });

  it('has the file of a creative that failed looked at once more', async () => {
    const [stuck, torn, good] = [creative('stuck', { weight: 1000, durationMs: 20_000 }), creative('torn', { weight: 1000 }), creative('good')];
    const { conductor, doubted } = rig({ stuck: 'freezes', torn: 'broken' });
    conductor.setProgramme(programme([stuck, torn, good]));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(new Set(doubted)).toEqual(new Set([stuck.sha256, torn.sha256]));
  });

  it('refuses media whose bytes are not those of its hash', async () => {
    const bad = creative('b');
    const { conductor, plays, faults } = rig({}, [bad.sha256]);
    conductor.setProgramme(programme([creative('a'), bad]));
    await vi.advanceTimersByTimeAsync(12_000);
    expect(faults[0]).toMatchObject({ code: 'media-corrupt', creativeId: 'b' });
    expect(plays.map(({ creative: { id } }) => id)).toEqual(['a', 'a']);
  });

  it('has a silent page loaded anew and closes the play with what was last known', async () => {
    const { conductor, plays, stage, onStageSilent, faults } = rig();
    conductor.setProgramme(programme([creative('a', { durationMs: 60_000 })]));
    await vi.advanceTimersByTimeAsync(3_000);
    stage.silent = true;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(onStageSilent).toHaveBeenCalledOnce();
    expect(plays[0]).toMatchObject({ endReason: 'stalled' });
    expect(faults[0]).toMatchObject({ code: 'stage-silent' });
    stage.silent = false;
    stage.front = null;
    stage.hear([{ type: 'loaded' }]);
    await vi.advanceTimersByTimeAsync(500);
    expect(conductor.nowPlaying?.creative.id).toBe('a');
  });

  it('gives a page that is loading time, and says only once that it is gone', async () => {
    const { conductor, stage, onStageSilent, faults } = rig();
    conductor.setProgramme(threeStills);
    await vi.advanceTimersByTimeAsync(1_000);
    stage.connected = false;
    stage.silent = true;
    await vi.advanceTimersByTimeAsync(100_000);
    expect(faults.filter(({ code }) => code === 'stage-silent')).toHaveLength(1);
    expect(onStageSilent.mock.calls.length).toBeGreaterThanOrEqual(3);
    expect(onStageSilent.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('notes the progress of a long play, so that a crash knows how far it came', async () => {
    const { conductor, progressed } = rig();
    conductor.setProgramme(programme([creative('a', { durationMs: 60_000 })]));
    await vi.advanceTimersByTimeAsync(12_000);
    expect(progressed).toHaveLength(2);
    expect(progressed[1]!.durationMs).toBeGreaterThan(9_900);
  });

  it('ends the play in front when it is told to stop', async () => {
    const { conductor, plays } = rig();
    conductor.setProgramme(threeStills);
    await vi.advanceTimersByTimeAsync(2_000);
    conductor.stop();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(plays).toHaveLength(1);
    expect(plays[0]).toMatchObject({ endReason: 'stopped' });
  });

  it('counts the creative that was just being shown when a new programme arrived', async () => {
    const { conductor, stage, started, plays } = rig();
    conductor.setProgramme(programme([creative('a', { durationMs: 3_000 }), creative('b', { durationMs: 3_000 })]));
    await vi.advanceTimersByTimeAsync(500);
    while (stage.commands.filter(({ type }) => type === 'show').length < 2) await vi.advanceTimersByTimeAsync(1);
    conductor.setProgramme(programme([creative('z')], { version: 2 }));
    await vi.advanceTimersByTimeAsync(6_000);
    expect(started.map((play) => play.creative.id)).toEqual([...new Set(started.map((play) => play.creative.id))]);
    expect(plays.map(({ endReason }) => endReason)).toEqual(['ended', 'ended']);
    expect(conductor.nowPlaying?.creative.id).toBe('z');
  });

  it('believes the page, not itself, about what is in front', async () => {
    const { conductor, stage, plays } = rig();
    conductor.setProgramme(programme([creative('a', { durationMs: 60_000 }), creative('b', { durationMs: 60_000 })]));
    await vi.advanceTimersByTimeAsync(2_000);
    stage.front = { playId: '01890a5d-ac96-774b-bcce-b30209900000', frames: 1, frozen: false };
    await vi.advanceTimersByTimeAsync(1_000);
    expect(plays[0]).toMatchObject({ endReason: 'stalled' });
    expect(plays[0]!.durationMs).toBeLessThan(2_600);
  });

  it('tries a corrected file at once, under the same name', async () => {
    const { conductor, stage, plays, faults } = rig({ bad: 'broken' });
    const broken = creative('bad', { weight: 1000 });
    conductor.setProgramme(programme([broken, creative('good')]));
    await vi.advanceTimersByTimeAsync(8_000);
    expect(faults).toHaveLength(1);
    stage.behaviour.bad = 'good';
    conductor.setProgramme(programme([{ ...broken, sha256: 'f'.repeat(64) }, creative('good')], { version: 2 }));
    await vi.advanceTimersByTimeAsync(12_000);
    expect(plays.some((play) => play.creative.id === 'bad')).toBe(true);
  });

  it('does not stay dark for an hour when the only creative failed and is well again', async () => {
    const { conductor, stage } = rig({ only: 'broken' });
    conductor.setProgramme(programme([creative('only')]));
    await vi.advanceTimersByTimeAsync(400_000);
    stage.behaviour.only = 'good';
    await vi.advanceTimersByTimeAsync(35_000);
    expect(conductor.nowPlaying?.creative.id).toBe('only');
  });

  it('gives a large file on a slow card time to be checked', async () => {
    const { conductor, plays, faults } = rig();
    const slow = creative('slow', { sha256: 'e'.repeat(64) });
    conductor.setProgramme(programme([slow]));
    await vi.advanceTimersByTimeAsync(9_000);
    expect(faults).toEqual([]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(plays[0]).toMatchObject({ creative: { id: 'slow' } });
  });

  it('lets the creative in front finish when a new programme arrives, and plays the new one next', async () => {
    const { conductor, plays } = rig();
    conductor.setProgramme(programme([creative('a')]));
    await vi.advanceTimersByTimeAsync(3_500);
    conductor.setProgramme(programme([creative('z')], { version: 2 }));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(plays[0]).toMatchObject({ creative: { id: 'a' }, endReason: 'ended' });
    expect(conductor.nowPlaying).toMatchObject({ creative: { id: 'z' }, decision: { programmeVersion: 2 } });
  });
});
