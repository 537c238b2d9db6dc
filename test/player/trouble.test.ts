import { describe, expect, it, vi } from 'vitest';
import { Trouble } from '../../src/player/trouble.ts';

describe('trouble', () => {
  it('is told to people once, however often it comes back', () => {
    const say = vi.fn();
    const trouble = new Trouble(say);
    for (let times = 0; times < 3; times += 1) trouble.stands('uplink', 'the hub is away');
    expect(say).toHaveBeenCalledOnce();
  });

  it('is told again when it comes back after an hour, and not when it only goes on', () => {
    vi.useFakeTimers();
    const say = vi.fn();
    const trouble = new Trouble(say);
    trouble.stands('storage', 'the disk is full');
    vi.advanceTimersByTime(7_200_000);
    trouble.stands('storage', 'the disk is full');
    expect(say).toHaveBeenCalledTimes(1);
    trouble.over('storage');
    trouble.stands('storage', 'the disk is full');
    expect(say).toHaveBeenCalledTimes(2);
    for (let minute = 0; minute < 30; minute += 1) {
      vi.advanceTimersByTime(60_000);
      trouble.over('storage');
      trouble.stands('storage', 'the disk is full');
    }
    expect(say).toHaveBeenCalledTimes(2);
    expect(trouble.all).toEqual(['the disk is full']);
    vi.useRealTimers();
  });

  it('stands by its source: one that is over does not hide another', () => {
    const trouble = new Trouble(() => undefined);
    trouble.stands('camera', 'blind');
    trouble.stands('uplink', 'away');
    expect(trouble.newest).toBe('away');
    trouble.over('uplink');
    expect(trouble.newest).toBe('blind');
    trouble.over('camera');
    expect(trouble.newest).toBe('');
    expect(trouble.all).toEqual(['blind', 'away']);
  });
});
