import type { ScreenClock } from '../contract/index.ts';

/** What a screen shows of itself to whoever looks for it in a shop: its name, and what its time rests on. */
export function labelOf(name: string, { quality, slots }: ScreenClock): string {
  const own = quality === 'synced' ? 'clock set' : 'clock never set';
  if (slots === null || slots.role === 'alone') return `${name} · ${own}`;
  if (slots.role === 'leads') return `${name} · ${own}, leads`;
  const source = { leader: 'leader', 'hold-over': 'leader silent', own: 'leader not heard', none: 'no common time' }[slots.source];
  return `${name} · ${own}, ${source}`;
}
