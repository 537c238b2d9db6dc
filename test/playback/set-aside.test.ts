import { describe, expect, it } from 'vitest';
import { SetAside } from '../../src/playback/set-aside.ts';
import { creative } from '../programme-fixture.ts';

const [a, b] = [creative('a'), creative('b')];
const MINUTE = 60_000;

function resting(rests: SetAside, nowMs: number): string[] {
  return [...rests.among([a, b], nowMs)];
}

describe('a creative that fails', () => {
  it('rests twice as long each time, is set aside with the third, and is tried again every hour for ever', () => {
    const rests = new SetAside();
    const told: (number | null)[] = [];
    const pauses: number[] = [];
    let nowMs = 0;
    for (let failure = 0; failure < 9; failure += 1) {
      told.push(rests.strike(a, nowMs, 'own'));
      const struckMs = nowMs;
      while (resting(rests, nowMs).length > 0) nowMs += 1_000;
      pauses.push((nowMs - struckMs) / MINUTE);
    }
    expect(pauses).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60]);
    expect(told.slice(0, 4)).toEqual([null, null, 2 * MINUTE, 4 * MINUTE]);
  });

  it('begins anew when it played to its end', () => {
    const rests = new SetAside();
    rests.strike(a, 0, 'own');
    rests.strike(a, 40_000, 'own');
    rests.clear(a);
    expect(rests.strike(a, 200_000, 'own')).toBeNull();
    expect(resting(rests, 229_000)).toEqual(['a']);
    expect(resting(rests, 230_000)).toEqual([]);
  });
});

describe('a page that is lost', () => {
  it('takes the blame for what it did not present since its last frame, and for nothing else', () => {
    const rests = new SetAside();
    rests.strike(b, 9_000, 'own');
    rests.strike(a, 11_000, 'unseen');
    rests.pageLost(10_000);
    expect(resting(rests, 14_000)).toEqual(['b']);
    rests.strike(a, 15_000, 'unseen');
    rests.pageLost(16_000);
    expect(resting(rests, 40_000)).toEqual(['a']);
  });

  it('leaves a creative the rest that it had earned before', () => {
    const rests = new SetAside();
    rests.strike(a, 0, 'own');
    rests.strike(a, 29_000, 'unseen');
    rests.pageLost(28_000);
    expect(resting(rests, 29_900)).toEqual(['a']);
    expect(resting(rests, 30_000)).toEqual([]);
  });

  it('is what one is only suspected of that did show something: before the screen is dark, it is shown again', () => {
    const rests = new SetAside();
    rests.strike(a, MINUTE, 'deadly');
    expect(resting(rests, MINUTE + 1)).toEqual(['a']);
    expect([...rests.failedLately([a, b], MINUTE + 1)]).toEqual([]);
  });
});
