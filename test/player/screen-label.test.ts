import { expect, it } from 'vitest';
import type { ScreenClock, SlotState } from '../../src/contract/index.ts';
import { labelOf } from '../../src/player/screen-label.ts';

const slots = (over: Partial<SlotState>): SlotState => ({ role: 'follows', source: 'leader', leader: 'left', offsetMs: 0, uncertaintyMs: 1, driftPpm: null, ...over });
const clock = (over: Partial<ScreenClock>): ScreenClock => ({ quality: 'synced', hubClock: null, slots: null, ...over });

it.each<[string, Partial<ScreenClock>]>([
  ['Till 3 · clock set', {}],
  ['Till 3 · clock never set', { quality: 'unsynced' }],
  ['Till 3 · clock set, leads', { slots: slots({ role: 'leads', source: 'own' }) }],
  ['Till 3 · clock never set, leader', { quality: 'unsynced', slots: slots({}) }],
  ['Till 3 · clock set, leader silent', { slots: slots({ source: 'hold-over' }) }],
  ['Till 3 · clock set, leader not heard', { slots: slots({ source: 'own' }) }],
  ['Till 3 · clock never set, no common time', { quality: 'unsynced', slots: slots({ source: 'none' }) }],
])('a screen that is looked for shows "%s"', (label, over) => {
  expect(labelOf('Till 3', clock(over))).toBe(label);
});
