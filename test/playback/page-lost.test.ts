import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { creative, programme } from '../programme-fixture.ts';
import { rig } from './conductor-rig.ts';

const two = programme([creative('a', { durationMs: 60_000 }), creative('b', { durationMs: 60_000 })]);

beforeEach(() => void vi.useFakeTimers({ now: 1_760_000_000_000 }));
afterEach(() => void vi.useRealTimers());

type Rig = ReturnType<typeof rig>;

/** As the shell does it: the page is given up, and some time later there is a new one. */
async function loseThePage({ conductor, stage }: Rig, awayMs: number): Promise<void> {
  conductor.pageLost();
  stage.connected = false;
  stage.silent = true;
  stage.front = null;
  await vi.advanceTimersByTimeAsync(awayMs);
  stage.connected = true;
  stage.silent = false;
  stage.hear([{ type: 'loaded' }]);
}

describe('a page that is lost', () => {
  it('ends the play in front when it is given up, not when there is a page again', async () => {
    const it = rig();
    it.conductor.setProgramme(two);
    await vi.advanceTimersByTimeAsync(3_000);
    await loseThePage(it, 8_000);
    expect(it.plays).toHaveLength(1);
    expect(it.plays[0]!.durationMs).toBeLessThan(3_100);
    await vi.advanceTimersByTimeAsync(500);
    expect(it.conductor.nowPlaying).not.toBeNull();
  });

  it('is not held against the creatives: they are all there for the next page', async () => {
    const it = rig();
    it.conductor.setProgramme(two);
    await vi.advanceTimersByTimeAsync(3_000);
    // No frame of anything comes any more.
    it.stage.front!.frozen = true;
    Object.assign(it.stage.behaviour, { a: 'no-first-frame', b: 'no-first-frame' });
    await vi.advanceTimersByTimeAsync(4_500);
    expect(new Set(it.faults.map(({ creativeId }) => creativeId))).toEqual(new Set(['a', 'b']));
    expect(it.conductor.nowPlaying).toBeNull();
    Object.assign(it.stage.behaviour, { a: 'good', b: 'good' });
    await loseThePage(it, 1_000);
    await vi.advanceTimersByTimeAsync(500);
    expect(it.conductor.nowPlaying).not.toBeNull();
  });

  it('is not given up for what this process did not hear while it was held up itself', async () => {
    const it = rig();
    it.conductor.setProgramme(two);
    await vi.advanceTimersByTimeAsync(3_000);
    // Nothing of this process runs for ten seconds; what the page says meanwhile is read after the look that was overdue.
    vi.setSystemTime(Date.now() + 10_000);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(it.onStageSilent).not.toHaveBeenCalled();
    expect(it.faults).toEqual([]);
    // Nor does that make it deaf for what comes after.
    it.stage.silent = true;
    await vi.advanceTimersByTimeAsync(8_000);
    expect(it.onStageSilent).toHaveBeenCalledOnce();
  });

  it('is told nothing while it is away, so that nothing is skipped for not answering', async () => {
    const it = rig();
    it.conductor.setProgramme(two);
    await vi.advanceTimersByTimeAsync(3_000);
    await loseThePage(it, 20_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(it.faults).toEqual([]);
  });

  it('is laid to the creative with which three in a row died, which rests while there is another', async () => {
    const it = rig();
    it.conductor.setProgramme(programme([creative('killer', { weight: 1_000, durationMs: 60_000 }), creative('good', { durationMs: 5_000 })]));
    const seen: string[] = [];
    for (let page = 0; page < 3; page += 1) {
      await vi.advanceTimersByTimeAsync(2_000);
      seen.push(it.conductor.nowPlaying!.creative.id);
      // The draw leaves out what was shown last.
      if (seen.at(-1) === 'good') await vi.advanceTimersByTimeAsync(5_000);
      await loseThePage(it, 1_000);
    }
    await vi.advanceTimersByTimeAsync(12_000);
    const killer = it.faults.filter(({ code }) => code === 'page-killer');
    expect(killer).toHaveLength(1);
    expect(killer[0]).toMatchObject({ creativeId: 'killer' });
    expect(it.plays.at(-1)!.creative.id).toBe('good');
  });

  it('is laid to the creative that hangs page after page while it is prepared, and not to the one in front', async () => {
    const it = rig({ bomb: 'never-ready' });
    it.conductor.setProgramme(programme([creative('fine', { durationMs: 5_000 }), creative('bomb', { durationMs: 5_000 })]));
    for (let page = 0; page < 3; page += 1) {
      while (!it.stage.commands.some((command) => command.type === 'prepare' && command.name === 'bomb')) await vi.advanceTimersByTimeAsync(100);
      // The page has it, and says nothing more. It is skipped after two seconds, and others are tried on the dead page.
      it.stage.commands.length = 0;
      it.stage.silent = true;
      await vi.advanceTimersByTimeAsync(4_000);
      await loseThePage(it, 1_000);
    }
    expect(it.faults.filter(({ code }) => code === 'page-killer')).toMatchObject([{ creativeId: 'bomb', message: expect.stringContaining('on its way to the front') as string }]);
    const before = it.plays.length;
    it.stage.commands.length = 0;
    await vi.advanceTimersByTimeAsync(25_000);
    expect(it.stage.commands.some((command) => command.type === 'prepare' && command.name === 'bomb')).toBe(false);
    expect(it.plays.slice(before).map(({ creative: { id }, endReason }) => `${id} ${endReason}`)).toContain('fine ended');
  });

  it('is not laid to what was given to a page that had frozen before', async () => {
    const it = rig({ b: 'no-first-frame' });
    it.conductor.setProgramme(programme([creative('a', { durationMs: 60_000 }), creative('b', { durationMs: 60_000, weight: 500 })]));
    for (let page = 0; page < 3; page += 1) {
      while (it.conductor.nowPlaying?.creative.id !== 'a') await vi.advanceTimersByTimeAsync(100);
      await vi.advanceTimersByTimeAsync(1_000);
      it.stage.front!.frozen = true;
      await vi.advanceTimersByTimeAsync(3_500);
      await loseThePage(it, 1_000);
    }
    expect(it.faults.filter(({ code }) => code === 'page-killer').map(({ creativeId }) => creativeId)).toEqual(['a']);
  });
});
