import { expect, it } from 'vitest';
import { createLeaving } from '../../src/shells/leaving.ts';
import type { Departures } from '../../src/shells/supervision/index.ts';

/** Restarts are used up. */
function exhausted(): Departures & { readonly asked: (number | null)[] } {
  const asked: (number | null)[] = [];
  return { asked, safe: null, next: (version) => Promise.resolve(void asked.push(version)).then(() => 'stay-safe'), wellForLong: () => Promise.resolve() };
}

it('stays once for each programme: a newer one is played whole, and may break down in its turn', async () => {
  const departures = exhausted();
  const leaving = createLeaving(departures);
  expect([await leaving.broken(7), await leaving.broken(7), await leaving.broken(8), await leaving.broken(8)]).toEqual(['stay-safe', null, 'stay-safe', null]);
  expect(departures.asked).toEqual([7, 8]);
  expect(leaving.stays).toBe(true);
});

it('changes nothing any more once it ends', async () => {
  const leaving = createLeaving(exhausted());
  leaving.over();
  expect(await leaving.broken(7)).toBeNull();
});
