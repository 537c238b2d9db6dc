import { describe, expect, it } from 'vitest';
import { ClockFilter } from '../../src/slot-time/clock-filter.ts';
import { measure } from '../../src/slot-time/exchange.ts';
import { exchangeAt, jittery, runningFast, seeded, type Network } from './network.ts';

const EVERY_MS = 4_000;
const AHEAD_MS = 1_790_000_000_000 + 7 * 60_000 + 0.3;
const STILL: Network = { out: () => 0.5, back: () => 0.5 };

/** The filter after so many rounds, and how wrong it was after each. */
function asked(rounds: number, leader = runningFast(AHEAD_MS, 0), network: Network = STILL) {
  const filter = new ClockFilter();
  const wrongMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const measurement = exchangeAt(round * EVERY_MS, leader, network);
    filter.add(measurement);
    const estimate = filter.at(measurement.atMs);
    if (estimate !== null) wrongMs.push(Math.abs(estimate.offsetMs + measurement.atMs - leader(measurement.atMs)));
  }
  return { filter, wrongMs, nowMs: (rounds - 1) * EVERY_MS + 2 };
}

describe('a measurement', () => {
  it('is that of RFC 5905, section 8', () => {
    expect(measure({ askedMs: 100, heardMs: 5_110, answeredMs: 5_112, receivedMs: 124 })).toEqual({ offsetMs: 4_999, delayMs: 22, atMs: 124 });
  });

  it('is never wrong by more than half the delay, however uneven the way', () => {
    const random = seeded(1);
    for (let round = 0; round < 1_000; round += 1) {
      const [out, back, offset] = [random() * 80, random() ** 4 * 300, random() * 1e6];
      const { offsetMs, delayMs } = measure({ askedMs: 10, heardMs: 10 + out + offset, answeredMs: 11 + out + offset, receivedMs: 11 + out + back });
      expect(Math.abs(offsetMs - offset)).toBeLessThanOrEqual(delayMs / 2 + 1e-6);
    }
  });
});

describe('the filter', () => {
  it('says nothing before it has measured three times', () => {
    expect(asked(2).filter.at(EVERY_MS)).toBeNull();
    expect(asked(3).filter.at(2 * EVERY_MS)).not.toBeNull();
  });

  it('keeps the measurement that was least long on the way', () => {
    const late: Network = { out: () => 40, back: () => 0.5 };
    const { filter, nowMs } = asked(4);
    for (let round = 4; round < 8; round += 1) filter.add(exchangeAt(round * EVERY_MS, runningFast(AHEAD_MS, 0), late));
    expect(filter.at(nowMs)!.offsetMs).toBeCloseTo(AHEAD_MS, -1);
    expect(Math.abs(filter.at(nowMs)!.offsetMs - AHEAD_MS)).toBeLessThan(1);
  });

  it.each([
    [20, 20],
    [120, 2],
    [2, 120],
  ])('is within 3 ms in 95 of 100 rounds with queues of %d ms out and %d ms back, where a single measurement is not', (outMs, backMs) => {
    const leader = runningFast(AHEAD_MS, 0);
    const { wrongMs } = asked(400, leader, jittery(seeded(7), outMs, backMs));
    const network = jittery(seeded(7), outMs, backMs);
    const alone = Array.from({ length: 400 }, (_, round) => exchangeAt(round * EVERY_MS, leader, network)).map(({ offsetMs }) => Math.abs(offsetMs - AHEAD_MS));
    const share = (all: readonly number[]) => all.filter((ms) => ms <= 3).length / all.length;
    expect(share(wrongMs)).toBeGreaterThan(0.95);
    expect(share(alone)).toBeLessThan(0.6);
  });

  it('says within what it is true, and is', () => {
    const leader = runningFast(AHEAD_MS, 35);
    const network = jittery(seeded(3), 60, 5);
    const filter = new ClockFilter();
    for (let round = 0; round < 600; round += 1) {
      const measurement = exchangeAt(round * EVERY_MS, leader, network);
      filter.add(measurement);
      const estimate = filter.at(measurement.atMs);
      if (estimate !== null) expect(Math.abs(estimate.offsetMs + measurement.atMs - leader(measurement.atMs))).toBeLessThan(estimate.uncertaintyMs);
    }
  });

  it.each([-180, -20, 45, 300])('measures a drift of %d ppm to a few ppm, and holds over on it', (ppm) => {
    const leader = runningFast(AHEAD_MS, ppm);
    const { filter, nowMs } = asked(450, leader, jittery(seeded(11), 10, 4));
    expect(Math.abs(filter.at(nowMs)!.driftPpm! - ppm)).toBeLessThan(5);
    const hourLaterMs = nowMs + 3_600_000;
    const { offsetMs, uncertaintyMs, ageMs } = filter.at(hourLaterMs)!;
    expect(ageMs).toBeGreaterThan(3_599_000);
    expect(Math.abs(offsetMs + hourLaterMs - leader(hourLaterMs))).toBeLessThan(20);
    expect(uncertaintyMs).toBeGreaterThan(50);
    expect(uncertaintyMs).toBeLessThan(70);
  });

  it('believes no crystal that is worse than any', () => {
    expect(asked(100, runningFast(AHEAD_MS, 900)).filter.at(99 * EVERY_MS)!.driftPpm).toBe(500);
  });

  it('is not led astray by one measurement that cannot be, and follows when the clock was set', () => {
    const { filter, nowMs } = asked(10);
    const set = runningFast(AHEAD_MS + 5_000, 0);
    expect(filter.add(exchangeAt(nowMs + 100, set, STILL))).toBe('astray');
    expect(filter.add(exchangeAt(nowMs + 200, runningFast(AHEAD_MS, 0), STILL))).toBe('taken');
    const outcomes = [1, 2, 3].map((round) => filter.add(exchangeAt(nowMs + round * EVERY_MS, set, STILL)));
    expect(outcomes).toEqual(['astray', 'astray', 'set-anew']);
    expect(Math.abs(filter.at(nowMs + 4 * EVERY_MS)!.offsetMs - AHEAD_MS - 5_000)).toBeLessThan(1);
  });
});
