import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Clock, Leaf } from '../../src/contract/index.ts';
import { openLog } from '../../src/impressions/index.ts';
import { startClockWatch } from '../../src/player/clock-watch.ts';
import { happeningsInto } from '../../src/player/happenings.ts';
import { panelState } from '../../src/player/panel-state.ts';
import { Trouble } from '../../src/player/trouble.ts';
import { createHubClock } from '../../src/sync/hub-clock.ts';
import { BOOT_ID } from '../contract/builders.ts';
import { newFolder } from '../impressions/folder.ts';

let now = { wallMs: 1_790_000_000_000, monoMs: 1_000 };
const clock: Clock = () => ({ ...now, quality: 'synced' });
beforeEach(() => {
  now = { wallMs: 1_790_000_000_000, monoMs: 1_000 };
});

it('a change of programme, of the sensor and of the clock is a leaf each; what stays the same is none', () => {
  const log = openLog({ file: join(newFolder(), 'player.db') });
  onTestFinished(() => log.close());
  const happenings = happeningsInto({ log, clock, screenId: 'entrance', bootId: BOOT_ID, trouble: new Trouble(() => undefined) });
  for (const version of [3, 3, 4]) happenings.programme(version, '{}');
  for (const state of ['absent', 'ok', 'ok', 'blind'] as const) happenings.sensor(state);
  happenings.clockAdjusted(-5_000, { offsetMs: 3, uncertaintyMs: 2 });
  const leaves = log.rows(0, 10).map(({ leaf }) => JSON.parse(leaf) as Leaf);
  expect(leaves).toMatchObject([
    { type: 'programme-changed', programmeVersion: 3, previousVersion: null },
    { type: 'programme-changed', programmeVersion: 4, previousVersion: 3 },
    { type: 'sensor-state', state: 'absent' },
    { type: 'sensor-state', state: 'ok' },
    { type: 'sensor-state', state: 'blind' },
    { type: 'clock-adjusted', jumpMs: -5_000, hubClock: { offsetMs: 3, uncertaintyMs: 2 } },
  ]);
});

describe('the clock watch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it.each([[-1_789_000_000_000], [2_515_536_000_000], [2_001]])('tells a jump of %d ms once', (jumpMs) => {
    const jumps: number[] = [];
    const watch = startClockWatch({ clock, onJump: (jump) => jumps.push(jump) });
    const pass = (ms: number, wallMs: number): void => {
      now = { wallMs: now.wallMs + wallMs, monoMs: now.monoMs + ms };
      vi.advanceTimersByTime(1_000);
    };
    pass(1_000, 1_000);
    pass(1_000, 1_000 + jumpMs);
    pass(1_000, 1_000);
    pass(1_000, 2_900);
    expect(jumps).toEqual([jumpMs]);
    watch.close();
  });
});

describe('a clock that two services fight over', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is told of at once, and then once a minute at the most', () => {
    const jumps: number[] = [];
    const watch = startClockWatch({ clock, onJump: (jump) => jumps.push(jump) });
    for (let second = 1; second <= 3_600; second += 1) {
      now = { wallMs: now.wallMs + 1_000 + (second % 2 === 0 ? -5_000 : 5_000), monoMs: now.monoMs + 1_000 };
      vi.advanceTimersByTime(1_000);
    }
    expect(jumps[0]).toBe(5_000);
    expect(jumps.length).toBeLessThanOrEqual(60);
    watch.close();
  });
});

describe('the offset to the hub', () => {
  it('is the midpoint of the exchange, uncertain by half of it, and true again after the clock was set', () => {
    const hubClock = createHubClock(clock);
    expect(hubClock.now()).toBeNull();
    hubClock.heard({ sentMs: 900, receivedMs: 1_000, hubWallMs: now.wallMs - 250 });
    expect(hubClock.now()).toEqual({ offsetMs: 200, uncertaintyMs: 51 });
    now = { wallMs: now.wallMs - 3_600_000, monoMs: now.monoMs };
    expect(hubClock.now()).toEqual({ offsetMs: 200 - 3_600_000, uncertaintyMs: 51 });
  });

  it('prefers a quick answer to a slow one, and grows uncertain with age', () => {
    const hubClock = createHubClock(clock);
    hubClock.heard({ sentMs: 990, receivedMs: 1_000, hubWallMs: now.wallMs });
    hubClock.heard({ sentMs: 0, receivedMs: 1_000, hubWallMs: now.wallMs - 9_000 });
    expect(hubClock.now()?.uncertaintyMs).toBe(6);
    now = { wallMs: now.wallMs + 3_600_000, monoMs: now.monoMs + 3_600_000 };
    expect(hubClock.now()?.uncertaintyMs).toBe(366);
  });
});

it('the panel is what the display driver says, and unknown where it says nothing', () => {
  const folder = newFolder();
  const output = (name: string, status: string, dpms?: string): void => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'status'), `${status}\n`);
    if (dpms !== undefined) writeFileSync(join(folder, name, 'dpms'), `${dpms}\n`);
  };
  expect(panelState(join(folder, 'missing'))).toBe('unknown');
  output('card0-HDMI-A-2', 'disconnected', 'On');
  // The driver knows its outputs, and nothing is plugged into them.
  expect(panelState(folder)).toBe('off');
  output('card0-HDMI-A-1', 'connected', 'Off');
  expect(panelState(folder)).toBe('off');
  output('card0-HDMI-A-1', 'connected', 'On');
  expect(panelState(folder)).toBe('on');
});
