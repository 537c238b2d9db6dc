import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backOffMs, HUB_BACK_OFF } from '../../src/sync/back-off.ts';
import { startRounds, type Rounds, type RoundsOptions } from '../../src/sync/rounds.ts';

describe('back-off with full jitter', () => {
  it('lies anywhere between nothing and a doubling limit, and never beyond a quarter of an hour', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 2_000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, chance) => {
      const ms = backOffMs(failures, HUB_BACK_OFF, () => chance);
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(ms).toBeLessThanOrEqual(Math.min(900_000, 5_000 * 2 ** (failures - 1)));
    }));
  });

  it('grows from 5 s to 15 min', () => {
    expect([1, 2, 3, 8, 9, 500].map((failures) => backOffMs(failures, HUB_BACK_OFF, () => 1))).toEqual([5_000, 10_000, 20_000, 640_000, 900_000, 900_000]);
  });
});

describe('rounds', () => {
  function start(options: Partial<RoundsOptions> & Pick<RoundsOptions, 'round'>): Rounds {
    const rounds = startRounds({ backOff: { baseMs: 60_000, capMs: 60_000 }, random: () => 0.9, trouble: { raise: () => undefined, clear: () => undefined }, ...options });
    onTestFinished(() => rounds.close());
    return rounds;
  }
  const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15));

  it('are never two at the same time, however often they are woken', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const rounds = start({
      async round() {
        most = Math.max(most, ++running);
        await aMoment();
        running--;
        done++;
      },
    });
    for (let n = 0; n < 50; n++) rounds.wake();
    await Promise.all([rounds.runNow(), rounds.runNow()]);
    expect([most, done]).toEqual([1, 2]);
  });

  it('are not shortened in their back-off by a wake, but by being asked for', async () => {
    let attempts = 0;
    const rounds = start({
      round: () => (++attempts === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve()),
    });
    await aMoment();
    rounds.wake();
    await aMoment();
    expect(attempts).toBe(1);
    expect(await rounds.runNow()).toBe(true);
    expect(attempts).toBe(2);
  });

  it('end for good after an error that is final, and whoever asks is told', async () => {
    let attempts = 0;
    const rounds = start({
      round() {
        attempts++;
        return Promise.reject(new Error('fork'));
      },
      isFinal: () => true,
    });
    await aMoment();
    expect(await rounds.runNow()).toBe(false);
    expect(attempts).toBe(1);
  });

  it('can be closed by whoever hears of their trouble', async () => {
    const rounds: Rounds = start({
      round: () => Promise.reject(new Error('no')),
      trouble: { raise: () => void rounds.close(), clear: () => undefined },
    });
    await aMoment();
    await rounds.close();
    expect(await rounds.runNow()).toBe(false);
  });

  it('can be closed in the middle of a round, which is aborted and waited for', async () => {
    let over = false;
    const rounds = start({
      round: (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => setTimeout(() => {
        over = true;
        reject(new Error('aborted'));
      }, 10))),
    });
    const asked = rounds.runNow();
    await rounds.close();
    expect(over).toBe(true);
    expect(await asked).toBe(false);
  });
});
