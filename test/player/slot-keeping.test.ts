import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Clock, ClockReading, Slots } from '../../src/contract/index.ts';
import { startSlotKeeping, type SlotKeeping, type SlotNetwork } from '../../src/player/slot-keeping.ts';
import { Trouble } from '../../src/player/trouble.ts';
import { loadScreenKey, type ScreenKey } from '../../src/sync/index.ts';
import { until } from '../slot-time/until.ts';

const PORT = 24_911;
const open: SlotKeeping[] = [];

afterEach(async () => {
  for (const each of open.splice(0)) each.close();
  await sleep(50);
});

interface Screen extends SlotKeeping {
  readonly clock: Clock;
  readonly key: ScreenKey;
  readonly said: string[];
  readonly faults: string[];
  /** So much later at once. */
  pass(ms: number): void;
}

/** A screen on this machine, whose wall clock is off. */
async function screen(aheadMs: number, quality: ClockReading['quality'] = 'synced', network: SlotNetwork = { port: PORT, leader: '127.0.0.1' }): Promise<Screen> {
  let passedMs = 0;
  const clock: Clock = () => {
    const monoMs = performance.now() + passedMs;
    return { wallMs: Math.floor(Math.max(0, performance.timeOrigin + monoMs + aheadMs)), monoMs, quality };
  };
  const key = await loadScreenKey(mkdtempSync(join(tmpdir(), 'litfass-slots-')));
  const said: string[] = [];
  const faults: string[] = [];
  const happenings = { programme: () => undefined, sensor: () => undefined, clockAdjusted: () => undefined, fault: (code: string) => faults.push(code) };
  const keeping = startSlotKeeping({ key, clock, random: Math.random, network, happenings, trouble: new Trouble((line) => said.push(line)) });
  open.push(keeping);
  return { ...keeping, clock, key, said, faults, pass: (ms) => void (passedMs += ms) };
}

function groupOf(leader: Screen, ...followers: Screen[]): Slots {
  const mate = (screenId: string, { key }: Screen) => ({ screenId, publicKey: key.publicKey });
  return { cycleMs: 8_000, groups: [{ leader: mate('left', leader), followers: followers.map((each, index) => mate(`right-${index}`, each)) }] };
}

describe('a programme with a group', () => {
  it('makes its followers count slots by the leader, also one whose clock was never set', async () => {
    const [left, late, unset] = [await screen(0), await screen(-7 * 60_000), await screen(-Date.now(), 'unsynced')];
    const slots = groupOf(left, late, unset);
    expect(unset.at(unset.clock())).toBeNull();
    for (const each of [left, late, unset]) each.follow(slots);
    await until(() => [late, unset].every((each) => each.state()?.source === 'leader'));
    for (const each of [late, unset]) expect(Math.abs(each.at(each.clock())! - left.clock().wallMs)).toBeLessThan(20);
    expect(left.state()).toEqual({ role: 'leads', source: 'own', leader: null, offsetMs: null, uncertaintyMs: null, driftPpm: null });
    expect(late.state()).toMatchObject({ role: 'follows', source: 'leader', leader: 'left' });
    expect(Math.abs(late.state()!.offsetMs! + 7 * 60_000)).toBeLessThan(20);
    expect(late.state()!.uncertaintyMs).toBeLessThan(50);
  });

  it('leaves a screen alone that is not in it', async () => {
    const [left, right, other] = [await screen(0), await screen(0), await screen(5_000)];
    other.follow(groupOf(left, right));
    expect(other.state()).toMatchObject({ role: 'alone', source: 'own' });
    const now = other.clock();
    expect(other.at(now)).toBe(now.wallMs);
  });

  it('may be changed while the screens run: who followed leads, and who led follows', async () => {
    const [left, right] = [await screen(0), await screen(60_000)];
    for (const each of [left, right]) each.follow(groupOf(left, right));
    await until(() => right.state()?.source === 'leader');
    for (const each of [left, right]) each.follow(groupOf(right, left));
    await until(() => left.state()?.source === 'leader');
    expect(right.state()).toMatchObject({ role: 'leads', source: 'own' });
    expect(Math.abs(left.at(left.clock())! - right.clock().wallMs)).toBeLessThan(20);
  });

  it('that goes away leaves every screen to its own clock', async () => {
    const [left, right] = [await screen(0), await screen(60_000)];
    for (const each of [left, right]) each.follow(groupOf(left, right));
    await until(() => right.state()?.source === 'leader');
    right.follow({ cycleMs: 8_000 });
    expect(right.state()).toMatchObject({ role: 'alone', source: 'own' });
    expect(Math.abs(right.at(right.clock())! - right.clock().wallMs)).toBeLessThan(20);
    right.follow(undefined);
    expect(right.state()).toBeNull();
  });

  it('tells of a leader that is silent, and once in the log when its time is given up', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const [left, right] = [await screen(0), await screen(60_000)];
    for (const each of [left, right]) each.follow(groupOf(left, right));
    await until(() => right.state()?.source === 'leader');
    left.close();
    right.pass(30_000);
    vi.advanceTimersByTime(10_000);
    expect(right.state()?.source).toBe('hold-over');
    expect(right.said).toEqual(['"left", whose slots this screen follows, is silent. Its time is carried on for an hour at the most.']);
    right.pass(3_600_000);
    vi.advanceTimersByTime(60_000);
    expect(right.state()?.source).toBe('own');
    expect(right.faults).toEqual(['slot-leader-lost']);
    expect(right.said[1]).toMatch(/^"left", whose slots this screen follows, is not heard: slots are counted by its own clock\. See that both are in one network/);
    expect(right.said).toHaveLength(2);
  });

  it('does not make anybody follow a leader whose own clock was never set', async () => {
    const [left, right] = [await screen(-Date.now(), 'unsynced'), await screen(0)];
    for (const each of [left, right]) each.follow(groupOf(left, right));
    await sleep(1_000);
    expect(right.state()).toMatchObject({ role: 'follows', source: 'own' });
  });
});
