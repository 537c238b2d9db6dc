import { describe, expect, it } from 'vitest';
import type { ScreenClock, SlotState } from '../../../src/contract/index.ts';
import { screenClockWords } from '../../../renderer/console/words/clock.ts';

const slots = (over: Partial<SlotState>): SlotState => ({ role: 'follows', source: 'leader', leader: 'left-1a2b3c', offsetMs: 5, uncertaintyMs: 1.4, driftPpm: 12, ...over });
const clock = (over: Partial<ScreenClock>): ScreenClock => ({ quality: 'synced', hubClock: { offsetMs: 4, uncertaintyMs: 9 }, slots: null, ...over });

describe("a screen's clock, in words", () => {
  it.each<[string, boolean, Partial<ScreenClock>]>([
    ['Set, agrees with the hub', false, {}],
    ['Set', false, { hubClock: null }],
    ['Set, 7 min 3 s behind the hub', true, { hubClock: { offsetMs: -423_000, uncertaintyMs: 9 } }],
    ['Never set, agrees with the hub', true, { quality: 'unsynced' }],
    ['Set, agrees with the hub, slots by its own clock', false, { slots: slots({ role: 'alone', source: 'own', leader: null, uncertaintyMs: null }) }],
    ['Set, agrees with the hub, leads the slots of its group', false, { slots: slots({ role: 'leads', source: 'own', leader: null }) }],
    ['Set, agrees with the hub, slots by left-1a2b3c, ± 1.4 ms', false, { slots: slots({}) }],
    ['Set, agrees with the hub, slots by left-1a2b3c, which is silent, ± 20 ms', true, { slots: slots({ source: 'hold-over', uncertaintyMs: 20 }) }],
    ['Set, agrees with the hub, slots by its own clock: left-1a2b3c is not heard', true, { slots: slots({ source: 'own' }) }],
    ['Never set, shares no slots', true, { quality: 'unsynced', hubClock: null, slots: slots({ source: 'none' }) }],
  ])('%s (odd: %s)', (words, odd, over) => {
    expect(screenClockWords(clock(over))).toEqual({ words, odd });
  });
});
