import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock, ClockReading, Programme, StageCommand } from '../../src/contract/index.ts';
import { creative, playlist, programme } from '../programme-fixture.ts';
import { rig } from './conductor-rig.ts';
import type { Behaviour } from './fake-stage.ts';

const CYCLE_MS = 8_000;
const START_MS = 1_760_000_001_234;
const shared: Programme = programme('abcdef'.split('').map((id) => creative(id, { weight: 1 + (id.charCodeAt(0) % 3) })), { slots: { cycleMs: CYCLE_MS } });

interface ScreenOptions {
  skewMs?: number;
  quality?: ClockReading['quality'];
  behaviour?: Record<string, Behaviour>;
}

/** A screen that is switched on now; its wall clock is off by `skewMs`. */
function screen(from: Programme, { skewMs = 0, quality = 'synced', behaviour = {} }: ScreenOptions = {}) {
  const bootMs = Date.now();
  const clock: Clock = () => ({ wallMs: Date.now() + skewMs, monoMs: Date.now() - bootMs, quality });
  const shows: { atMs: number; name: string }[] = [];
  const it = rig(behaviour, [], { clock, random: () => (bootMs % 997) / 997 });
  const names = new Map<string, string>();
  const send = it.stage.send.bind(it.stage);
  it.stage.send = (command: StageCommand) => {
    if (command.type === 'prepare') names.set(command.playId, command.name);
    if (command.type === 'show') shows.push({ atMs: Date.now() + command.inMs, name: names.get(command.playId) ?? '' });
    send(command);
  };
  it.conductor.setProgramme(from);
  return { ...it, shows };
}

/** From the second slot after both were on: the first is joined in its middle. */
const later = (shows: readonly { atMs: number; name: string }[], fromMs: number) => shows.filter(({ atMs }) => atMs > fromMs);

beforeEach(() => {
  vi.useFakeTimers({ now: START_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('screens side by side that share slots', () => {
  it('show the same at the same time, however far apart they were switched on', async () => {
    const left = screen(shared);
    await vi.advanceTimersByTimeAsync(123_457);
    const right = screen(shared);
    const bothMs = Date.now() + 2 * CYCLE_MS;
    await vi.advanceTimersByTimeAsync(100 * CYCLE_MS);
    const [a, b] = [later(left.shows, bothMs), later(right.shows, bothMs)];
    expect(a.length).toBeGreaterThan(95);
    expect(b.map(({ name }) => name)).toEqual(a.map(({ name }) => name));
    const drifts = a.map(({ atMs }, index) => Math.abs(atMs - b[index]!.atMs));
    expect(Math.max(...drifts)).toBeLessThan(50);
    for (const { atMs } of a) expect(atMs % CYCLE_MS).toBeLessThan(50);
    expect(new Set(a.map(({ name }) => name)).size).toBe(6);
    for (const [index, { name }] of a.entries()) if ((Math.floor(a[index]!.atMs / CYCLE_MS) % 8) !== 0) expect(name).not.toBe(a[index - 1]?.name);
  });

  it('are as far apart as their clocks, and no farther after a hundred slots', async () => {
    const left = screen(shared);
    const right = screen(shared, { skewMs: 30 });
    await vi.advanceTimersByTimeAsync(100 * CYCLE_MS);
    const [a, b] = [left.shows.slice(2, 100), right.shows.slice(2, 100)];
    expect(b.map(({ name }) => name)).toEqual(a.map(({ name }) => name));
    for (const [index, { atMs }] of a.entries()) expect(Math.abs(atMs - b[index]!.atMs - 30)).toBeLessThan(10);
  });

  it('join in the middle of a slot after a reboot, with what the others show', async () => {
    const left = screen(shared);
    await vi.advanceTimersByTimeAsync(10 * CYCLE_MS);
    await vi.advanceTimersByTimeAsync(3_000);
    const right = screen(shared);
    await vi.advanceTimersByTimeAsync(500);
    expect(right.conductor.nowPlaying?.creative.id).toBe(left.conductor.nowPlaying?.creative.id);
    await vi.advanceTimersByTimeAsync(CYCLE_MS);
    expect(right.plays[0]).toMatchObject({ endReason: 'ended' });
    expect(right.plays[0]!.plannedMs).toBeLessThan(CYCLE_MS);
    expect(right.plays[0]!.durationMs - right.plays[0]!.plannedMs).toBeLessThan(50);
  });

  it('prepare a creative once whose hours begin with its slot', async () => {
    const hourMs = Math.ceil(START_MS / 3_600_000) * 3_600_000;
    const from = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' }).format(hourMs);
    const { stage, shows } = screen(programme([creative('a'), creative('b'), creative('noon', { tier: 'contract', schedule: [{ dayparts: [{ from, to: '24:00' }] }] })], { slots: { cycleMs: CYCLE_MS } }));
    await vi.advanceTimersByTimeAsync(hourMs - START_MS + 2_000);
    const first = shows.find(({ name }) => name === 'noon');
    expect(Math.abs((first?.atMs ?? 0) - hourMs)).toBeLessThan(50);
    expect(stage.commands.filter((command) => command.type === 'prepare' && command.name === 'noon')).toHaveLength(1);
  });

  it('log the slot, and the seed that follows from it', async () => {
    const { plays } = screen(shared);
    await vi.advanceTimersByTimeAsync(4 * CYCLE_MS);
    const [, second, third] = plays;
    expect(third!.decision.slot! - second!.decision.slot!).toBe(1);
    expect(second!.decision.slot).toBe(Math.floor(second!.wallMs / CYCLE_MS));
    expect(second!.plannedMs).toBe(CYCLE_MS);
  });

  it('walk through playlists together, and show what has to come back in the same slots', async () => {
    const listed = programme([...'abcd'.split('').map((id) => creative(id)), creative('notice', { atLeastEveryMs: 4 * CYCLE_MS })], { slots: { cycleMs: CYCLE_MS }, playlists: [playlist('list-x', ['a', 'b', 'list-y'], { weight: 5, order: 'shuffled' }), playlist('list-y', ['c', 'd'])] });
    const left = screen(listed);
    await vi.advanceTimersByTimeAsync(57_001);
    const right = screen(listed);
    const bothMs = Date.now() + 2 * CYCLE_MS;
    await vi.advanceTimersByTimeAsync(60 * CYCLE_MS);
    const names = (shows: typeof left.shows) => later(shows, bothMs).map(({ name }) => name);
    expect(names(right.shows)).toEqual(names(left.shows));
    expect(new Set(names(left.shows))).toEqual(new Set(['a', 'b', 'c', 'd', 'notice']));
    expect(names(left.shows).join(' ')).not.toMatch(/(?:\b[abcd]\b ?){8}/);
  });

  it('are with the others again in the next slot after a creative that failed here', async () => {
    const left = screen(shared);
    const right = screen(shared, { behaviour: { c: 'broken' } });
    await vi.advanceTimersByTimeAsync(60 * CYCLE_MS);
    const bySlot = new Map(left.shows.map(({ atMs, name }) => [Math.floor(atMs / CYCLE_MS), name]));
    const others = right.shows.filter(({ atMs }) => bySlot.get(Math.floor(atMs / CYCLE_MS)) !== 'c');
    expect(others.length).toBeGreaterThan(35);
    const strays = others.filter(({ atMs, name }) => bySlot.get(Math.floor(atMs / CYCLE_MS)) !== name);
    expect(strays).toEqual([]);
  });

  it('keep their own time while their clock was never set, and say so once', async () => {
    const { faults, plays } = screen(shared, { quality: 'unsynced' });
    await vi.advanceTimersByTimeAsync(10 * CYCLE_MS);
    expect(faults.map(({ code }) => code)).toEqual(['slots-unsynced']);
    expect(plays[1]).toMatchObject({ clock: 'unsynced', plannedMs: 5_000 });
    expect(plays[1]!.decision.slot).toBeUndefined();
  });
});
