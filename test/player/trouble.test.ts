import { describe, expect, it, vi } from 'vitest';
import { Trouble } from '../../src/player/trouble.ts';

describe('trouble', () => {
  it('is told to people once, however often it comes back', () => {
    const say = vi.fn();
    const trouble = new Trouble(say);
    for (let times = 0; times < 3; times += 1) trouble.stands('uplink', 'the hub is away');
    expect(say).toHaveBeenCalledOnce();
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
