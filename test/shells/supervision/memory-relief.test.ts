import { describe, expect, it } from 'vitest';
import { createMemoryRelief, type Relief } from '../../../src/shells/supervision/memory-relief.ts';

const MB = 1_048_576;
const MINUTE = 60_000;
const MOST = 450 * MB;

/**
 * Looks three times a minute, as the supervision does, and renews when it is told to.
 *
 * @param heldMB by minute, and by the minute when this page was opened; without caches
 * @returns what was done, with the minute
 */
function run(minutes: number, heldMB: (minute: number, openedMinute: number) => number, cachesMB = (): number => 0): [number, Relief][] {
  const relief = createMemoryRelief(0, MOST);
  const did: [number, Relief][] = [];
  let openedMinute = 0;
  for (let nowMs = 0; nowMs < minutes * MINUTE; nowMs += 20_000) {
    const minute = nowMs / MINUTE;
    const held = heldMB(minute, openedMinute) * MB;
    if (!relief.isLarge(held + cachesMB() * MB, nowMs)) continue;
    const what = relief.decide(held, nowMs);
    if (what === null) continue;
    did.push([Math.round(minute), what]);
    if (what !== 'renew') continue;
    relief.renewed(nowMs);
    openedMinute = minute;
  }
  return did;
}

const renewals = (did: readonly [number, Relief][]): number => did.filter(([, what]) => what === 'renew').length;

describe('a page that holds more than its part of the machine', () => {
  it('is renewed at once, also in its first minute', () => {
    expect(run(2, () => 451)).toEqual([[0, 'renew']]);
  });

  it('is renewed no more after three times that did not help, each after twice the pause: the programme needs it', () => {
    expect(run(600, () => 500).slice(0, 5)).toEqual([[0, 'renew'], [6, 'renew'], [18, 'renew'], [42, 'needed'], [102, 'needed']]);
    expect(renewals(run(24 * 60, () => 500))).toBe(3);
  });

  it('is the same with one that only does so at times, each few minutes', () => {
    const did = run(600, (minute) => (minute % 8 < 1 ? 500 : 200));
    expect(renewals(did)).toBe(3);
    expect(did.at(-1)?.[1]).toBe('needed');
  });

  it('has outlived its pages where it was within its part once, and no new page is', () => {
    const did = run(600, (minute) => 200 + minute);
    expect(renewals(did)).toBe(3);
    expect(did.at(3)?.[1]).toBe('outlived');
  });

  it('is renewed for ever where it leaks and a new page begins anew', () => {
    const did = run(24 * 60, (minute, openedMinute) => 200 + 6 * (minute - openedMinute));
    expect(did.every(([, what]) => what === 'renew')).toBe(true);
    expect(renewals(did)).toBeGreaterThan(20);
  });

  it('is renewed for ever also if its caches come back at once', () => {
    const did = run(24 * 60, (minute, openedMinute) => 200 + 2 * (minute - openedMinute), () => 300);
    expect(did.every(([, what]) => what === 'renew')).toBe(true);
    expect(renewals(did)).toBeGreaterThan(5);
  });

  it('gets its chance anew when it was within its part for a while', () => {
    const did = run(600, (minute) => (minute < 60 || (minute > 300 && minute < 310) ? 500 : 200));
    expect(did.filter(([minute]) => minute > 290)[0]).toEqual([300, 'renew']);
  });
});
