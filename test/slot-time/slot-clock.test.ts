import { describe, expect, it } from 'vitest';
import type { ClockReading } from '../../src/contract/index.ts';
import { SlotClock } from '../../src/slot-time/slot-clock.ts';
import { exchangeAt, runningFast, type LeaderClock, type Network } from './network.ts';

const STILL: Network = { out: () => 0.5, back: () => 0.5 };
const TODAY_MS = 1_790_000_000_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

interface Screen {
  /** Own wall clock at monotonic 0. */
  wallMs?: number;
  quality?: ClockReading['quality'];
}

function screen({ wallMs = TODAY_MS, quality = 'synced' }: Screen = {}) {
  const clock = new SlotClock();
  const at = (monoMs: number) => clock.at({ monoMs, wallMs: wallMs + monoMs, quality });
  /** Hears the leader every four seconds; @returns the slot time minus the leader's, after each. */
  const hear = (leader: LeaderClock, fromMs: number, toMs: number): number[] => {
    const apart: number[] = [];
    for (let monoMs = fromMs; monoMs <= toMs; monoMs += 4_000) {
      clock.learn(exchangeAt(monoMs, leader, STILL));
      apart.push(at(monoMs + 2).ms! - leader(monoMs + 2));
    }
    return apart;
  };
  return { clock, at, hear };
}

describe('slots are counted', () => {
  it('by the own clock of a screen that stands alone, as it is', () => {
    expect(screen().at(5_000)).toEqual({ source: 'own', ms: TODAY_MS + 5_000, leader: null });
  });

  it('by nothing, while that was never set', () => {
    expect(screen({ wallMs: 0, quality: 'unsynced' }).at(5_000)).toMatchObject({ source: 'none', ms: null });
  });

  it("by the leader's, also when the own clock was never set, or is minutes off", () => {
    for (const it of [screen({ wallMs: 0, quality: 'unsynced' }), screen({ wallMs: TODAY_MS - 9 * MINUTE })]) {
      it.clock.follow();
      const apart = it.hear(runningFast(TODAY_MS, 0), 0, 60_000);
      expect(Math.max(...apart.slice(3).map(Math.abs))).toBeLessThan(1.5);
      expect(it.at(60_500).source).toBe('leader');
    }
  });

  it('without a jump, when the own clock is a little off: slewed, never back, and never faster than half a per cent', () => {
    const { clock, at } = screen();
    const leader = runningFast(TODAY_MS + 100, 0);
    clock.follow();
    let before = at(0).ms!;
    for (let monoMs = 0; monoMs < 40_000; monoMs += 100) {
      if (monoMs % 4_000 === 0 || monoMs < 300) clock.learn(exchangeAt(monoMs, leader, STILL));
      const { ms } = at(monoMs + 100);
      expect(ms! - before).toBeGreaterThan(99);
      expect(ms! - before).toBeLessThanOrEqual(100.501);
      before = ms!;
    }
    expect(Math.abs(before - leader(40_000))).toBeLessThan(1.5);
  });

  it('on the measured drift while the leader is silent, and after an hour by the own clock again', () => {
    const { clock, at, hear } = screen({ wallMs: TODAY_MS - 3 * MINUTE });
    const leader = runningFast(TODAY_MS, 120);
    clock.follow();
    hear(leader, 0, 20 * MINUTE);
    const half = 20 * MINUTE + HOUR / 2;
    expect(at(half).source).toBe('hold-over');
    expect(Math.abs(at(half).ms! - leader(half))).toBeLessThan(10);
    const after = 20 * MINUTE + HOUR + 5_000;
    expect(at(after)).toMatchObject({ source: 'own', ms: TODAY_MS - 3 * MINUTE + after });
  });

  it('by nothing after that hour, where the own clock was never set', () => {
    const { clock, at, hear } = screen({ wallMs: 0, quality: 'unsynced' });
    clock.follow();
    hear(runningFast(TODAY_MS, 0), 0, MINUTE);
    expect(at(MINUTE + HOUR + 5_000)).toMatchObject({ source: 'none', ms: null });
  });

  it("by the leader's again when it comes back", () => {
    const { clock, at, hear } = screen();
    const leader = runningFast(TODAY_MS + MINUTE, 0);
    clock.follow();
    hear(leader, 0, MINUTE);
    expect(at(3 * HOUR).source).toBe('own');
    hear(leader, 3 * HOUR, 3 * HOUR + 20_000);
    expect(at(3 * HOUR + 20_000)).toMatchObject({ source: 'leader' });
    expect(Math.abs(at(3 * HOUR + 20_000).ms! - leader(3 * HOUR + 20_000))).toBeLessThan(1.5);
  });

  it('by another leader from its first measurements on: nothing is taken over from the one before', () => {
    const { clock, at, hear } = screen();
    clock.follow();
    hear(runningFast(TODAY_MS + MINUTE, 0), 0, MINUTE);
    clock.follow();
    expect(at(MINUTE + 100).source).toBe('own');
    hear(runningFast(TODAY_MS + 2 * MINUTE, 0), MINUTE + 200, MINUTE + 20_000);
    expect(Math.abs(at(MINUTE + 20_000).ms! - (TODAY_MS + 3 * MINUTE + 20_000))).toBeLessThan(1.5);
  });
});
