import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownOffsetMs, ownTurns } from '../../src/sync/own-turns.ts';

const MINUTE_MS = 60_000;
const fleet = Array.from({ length: 6_000 }, (_, number) => `screen-${String(number)}`);

it('a fleet that starts at the full minute comes to the hub evenly over the next ones, not all at once', () => {
  const fullMinute = 1_790_000_040_000;
  const seconds = Array.from({ length: 60 }, () => 0);
  for (const screenId of fleet) {
    const second = Math.floor((ownTurns(screenId, MINUTE_MS, () => fullMinute)() % MINUTE_MS) / 1_000);
    seconds[second]! += 1;
  }
  // A hundred each, were it exact; five standard deviations of a fair draw are fifty.
  expect(Math.min(...seconds)).toBeGreaterThan(50);
  expect(Math.max(...seconds)).toBeLessThan(150);
});

it('a screen has its turn once an interval, always at the same moment of it, whenever it asks', () => {
  fc.assert(
    fc.property(fc.constantFrom(...fleet), fc.integer({ min: 0, max: 2 ** 42 }), fc.integer({ min: 1_000, max: 3_600_000 }), (screenId, nowMs, intervalMs) => {
      const waitMs = ownTurns(screenId, intervalMs, () => nowMs)();
      expect(waitMs).toBeGreaterThanOrEqual(intervalMs / 2 - 1);
      expect(waitMs).toBeLessThanOrEqual(1.5 * intervalMs + 1);
      const phaseMs = (nowMs + waitMs - ownOffsetMs(screenId, intervalMs)) % intervalMs;
      expect(Math.min(Math.abs(phaseMs), Math.abs(intervalMs - phaseMs))).toBeLessThan(0.01);
    }),
  );
});

it('a timer that fires a little early does not make two rounds of one', () => {
  let nowMs = 1_790_000_000_000;
  const next = ownTurns('entrance', MINUTE_MS, () => nowMs);
  nowMs += next() - 1;
  expect(next()).toBe(MINUTE_MS + 1);
});
