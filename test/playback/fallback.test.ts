import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Creative, Play } from '../../src/contract/index.ts';
import { creative, playlist, programme } from '../programme-fixture.ts';
import { rig } from './conductor-rig.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_700_000_000_000 }));
afterEach(() => void vi.useRealTimers());

const menu = (over: Partial<Creative> = {}): Creative => creative('menu', { kind: 'web', mediaType: 'application/vnd.litfass.web+json', tier: 'contract', durationMs: 8_000, fallback: 'picture', ...over });
/** Only ever stands in. */
const picture = creative('picture', { durationMs: 3_000, schedule: [{ until: '2000-01-01' }] });
const house = creative('house');
const said = ({ creative: { id }, decision, plannedMs, endReason }: Play) => ({ id, insteadOf: decision.reason.insteadOf, plannedMs, endReason });
const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('a creative from outside that cannot be shown', () => {
  it('gives its slot, with its whole length, to its fallback, and the log says what was shown and why', async () => {
    const { conductor, plays, faults } = rig({ menu: 'broken' });
    conductor.setProgramme(programme([menu(), picture, house]));
    await wait(20_000);
    expect(plays.slice(0, 2).map(said)).toEqual([
      { id: 'picture', insteadOf: { creativeId: 'menu', code: 'decode' }, plannedMs: 8_000, endReason: 'ended' },
      // It rests now: the fallback comes at once, and it is still drawn in its tier.
      { id: 'picture', insteadOf: { creativeId: 'menu', code: 'set-aside' }, plannedMs: 8_000, endReason: 'ended' },
    ]);
    expect(plays[0]).toMatchObject({ creative: { sha256: picture.sha256 }, decision: { creativeId: 'picture', reason: { kind: 'booked', tier: 'contract' } } });
    expect(Math.abs((plays[0]?.durationMs ?? 0) - 8_000)).toBeLessThan(300);
    expect(faults.map(({ creativeId, code }) => `${creativeId} ${code}`)).toEqual(['menu decode']);
    conductor.stop();
  });

  it('is shown itself again as soon as it can be', async () => {
    const { conductor, plays, stage } = rig({ menu: 'broken' });
    conductor.setProgramme(programme([menu(), picture, house]));
    await wait(10_000);
    stage.behaviour.menu = 'good';
    await wait(60_000);
    expect(plays.slice(-2).map(said)).toEqual(Array.from({ length: 2 }, () => ({ id: 'menu', insteadOf: undefined, plannedMs: 8_000, endReason: 'ended' })));
    conductor.stop();
  });

  it('and breaks in front leaves its fallback what is left of its time', async () => {
    const { conductor, plays, stage } = rig();
    conductor.setProgramme(programme([menu(), picture, house]));
    await wait(3_000);
    const { playId } = conductor.nowPlaying!;
    stage.hear([{ type: 'failed', playId, code: 'load', message: 'gone', presentedFrames: 90 }]);
    await wait(6_000);
    expect(plays.slice(0, 2).map(said)).toEqual([
      { id: 'menu', insteadOf: undefined, plannedMs: 8_000, endReason: 'failed' },
      { id: 'picture', insteadOf: { creativeId: 'menu', code: 'load' }, plannedMs: expect.any(Number) as number, endReason: 'ended' },
    ]);
    const both = (plays[0]?.durationMs ?? 0) + (plays[1]?.durationMs ?? 0);
    expect(Math.abs(both - 8_000)).toBeLessThan(400);
    conductor.stop();
  });

  it('has had its turn in its playlist when its fallback was shown', async () => {
    const { conductor, plays } = rig({ menu: 'broken' });
    conductor.setProgramme(programme([menu({ tier: 'house' }), picture, house, creative('a')], { playlists: [playlist('list-x', ['menu', 'a'], { tier: 'contract' })] }));
    await wait(30_000);
    expect(plays.slice(0, 4).map(({ creative: { id } }) => id)).toEqual(['picture', 'a', 'picture', 'a']);
    conductor.stop();
  });

  it('keeps the slot that all screens share', async () => {
    const { conductor, plays } = rig({ menu: 'broken' });
    conductor.setProgramme(programme([menu(), picture, house], { slots: { cycleMs: 10_000 } }));
    await wait(45_000);
    for (const { creative: { id }, wallMs, durationMs, decision } of plays.slice(1)) {
      expect(id).toBe('picture');
      expect(Math.abs(wallMs - (decision.slot ?? 0) * 10_000)).toBeLessThan(300);
      expect(Math.abs(durationMs - 10_000)).toBeLessThan(300);
    }
    expect(plays.length).toBeGreaterThanOrEqual(3);
    conductor.stop();
  });

  it('and whose fallback fails too makes room for what is drawn next', async () => {
    const { conductor, plays, faults } = rig({ menu: 'broken', picture: 'broken' });
    conductor.setProgramme(programme([menu(), picture, house]));
    await wait(8_000);
    expect(plays.map(said)).toMatchObject([{ id: 'house', insteadOf: undefined }]);
    expect(faults.map(({ creativeId }) => creativeId)).toEqual(['menu', 'picture']);
    conductor.stop();
  });

  it('that has to come back does not come without end, because its fallback counts for it', async () => {
    const { conductor, plays } = rig({ menu: 'broken' });
    conductor.setProgramme(programme([menu({ tier: 'house', atLeastEveryMs: 20_000, criteria: [{ metric: 'present', condition: 'at-least', value: 1 }] }), picture, house]));
    await wait(60_000);
    const shown = plays.map(({ creative: { id } }) => id);
    expect(shown.filter((id) => id === 'picture').length).toBeLessThanOrEqual(3);
    expect(shown).toContain('picture');
    expect(shown.filter((id) => id === 'house').length).toBeGreaterThan(4);
    conductor.stop();
  });
});
